using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KustomerAdmin.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class FiltersAndConnections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tickets_CreatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_CustomerId",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_InstanceId_KustomerId",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_InstanceId_UpdatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_KustomerId",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_LastActivityAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_MessageCount",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Priority",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Status_UpdatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Subject",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_UpdatedAt",
                table: "Tickets");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AheadSince",
                table: "Tickets",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsDefined",
                table: "MetadataFields",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Storage",
                table: "MetadataFields",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Stored");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CheckedAt",
                table: "Instances",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DeletingSince",
                table: "Instances",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsKeyOfSession",
                table: "Instances",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "LackedParts",
                table: "Instances",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NewFields",
                table: "Instances",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Stored");

            migrationBuilder.AddColumn<string>(
                name: "OldKeyEnvelope",
                table: "Instances",
                type: "nvarchar(max)",
                maxLength: 8000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OldKeyLastFour",
                table: "Instances",
                type: "nvarchar(4)",
                maxLength: 4,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ColumnStatistics",
                columns: table => new
                {
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_BIN2"),
                    Tickets = table.Column<long>(type: "bigint", nullable: false),
                    Distinct = table.Column<long>(type: "bigint", nullable: false),
                    TopValues = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    Histogram = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    MeasuredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ColumnStatistics", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "FieldPurges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    FieldId = table.Column<int>(type: "int", nullable: false),
                    RequestedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    RequestedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    LastTicketId = table.Column<long>(type: "bigint", nullable: false),
                    Removed = table.Column<long>(type: "bigint", nullable: false),
                    Expected = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FieldPurges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FieldPurges_MetadataFields_FieldId",
                        column: x => x.FieldId,
                        principalTable: "MetadataFields",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "FieldStatistics",
                columns: table => new
                {
                    FieldId = table.Column<int>(type: "int", nullable: false),
                    Tickets = table.Column<long>(type: "bigint", nullable: false),
                    Distinct = table.Column<long>(type: "bigint", nullable: false),
                    TopValues = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    Histogram = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    MeasuredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FieldStatistics", x => x.FieldId);
                    table.ForeignKey(
                        name: "FK_FieldStatistics_MetadataFields_FieldId",
                        column: x => x.FieldId,
                        principalTable: "MetadataFields",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NotificationTargets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    InstanceId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    SecretEnvelope = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: true),
                    LastDeliveredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LastFailure = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NotificationTargets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NotificationTargets_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Problems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    InstanceId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Cause = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Affects = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    NextStep = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Stage = table.Column<int>(type: "int", nullable: false),
                    OpenedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ClosedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Problems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Problems_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    OwnerId = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    IsShared = table.Column<bool>(type: "bit", nullable: false),
                    Address = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedFilters_AspNetUsers_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TicketListLayouts",
                columns: table => new
                {
                    AdminId = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    Columns = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    IsDense = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketListLayouts", x => x.AdminId);
                    table.ForeignKey(
                        name: "FK_TicketListLayouts_AspNetUsers_AdminId",
                        column: x => x.AdminId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NotificationDeliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TargetId = table.Column<long>(type: "bigint", nullable: false),
                    ProblemId = table.Column<long>(type: "bigint", nullable: false),
                    IsOver = table.Column<bool>(type: "bit", nullable: false),
                    Stage = table.Column<int>(type: "int", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    NextAttemptAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    DeliveredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NotificationDeliveries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NotificationDeliveries_NotificationTargets_TargetId",
                        column: x => x.TargetId,
                        principalTable: "NotificationTargets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_NotificationDeliveries_Problems_ProblemId",
                        column: x => x.ProblemId,
                        principalTable: "Problems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilterChoices",
                columns: table => new
                {
                    AdminId = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    FilterId = table.Column<long>(type: "bigint", nullable: false),
                    IsPinned = table.Column<bool>(type: "bit", nullable: false),
                    IsDefault = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilterChoices", x => new { x.AdminId, x.FilterId })
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_SavedFilterChoices_AspNetUsers_AdminId",
                        column: x => x.AdminId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SavedFilterChoices_SavedFilters_FilterId",
                        column: x => x.FilterId,
                        principalTable: "SavedFilters",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilterFields",
                columns: table => new
                {
                    FilterId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilterFields", x => new { x.FilterId, x.Key });
                    table.ForeignKey(
                        name: "FK_SavedFilterFields_SavedFilters_FilterId",
                        column: x => x.FilterId,
                        principalTable: "SavedFilters",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CreatedAt",
                table: "Tickets",
                column: "CreatedAt",
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CustomerId_DeletedAt",
                table: "Tickets",
                columns: new[] { "CustomerId", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_DeletedAt",
                table: "Tickets",
                column: "DeletedAt",
                filter: "DeletedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_InstanceId_UpdatedAt",
                table: "Tickets",
                columns: new[] { "InstanceId", "UpdatedAt" },
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_KustomerId_InstanceId",
                table: "Tickets",
                columns: new[] { "KustomerId", "InstanceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_LastActivityAt",
                table: "Tickets",
                column: "LastActivityAt",
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_MessageCount",
                table: "Tickets",
                column: "MessageCount",
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_NoteCount",
                table: "Tickets",
                column: "NoteCount",
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Priority",
                table: "Tickets",
                column: "Priority",
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_UpdatedAt",
                table: "Tickets",
                columns: new[] { "Status", "UpdatedAt" },
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Subject_DeletedAt",
                table: "Tickets",
                columns: new[] { "Subject", "DeletedAt" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_UpdatedAt",
                table: "Tickets",
                column: "UpdatedAt",
                filter: "DeletedAt IS NULL")
                .Annotation("SqlServer:Include", new[] { "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_AssignedTeams",
                table: "TicketAttributes",
                column: "AssignedTeams",
                filter: "AssignedTeams IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_AssignedUsers",
                table: "TicketAttributes",
                column: "AssignedUsers",
                filter: "AssignedUsers IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_AssistantStatus",
                table: "TicketAttributes",
                column: "AssistantStatus",
                filter: "AssistantStatus IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_Brand",
                table: "TicketAttributes",
                column: "Brand",
                filter: "Brand IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_EndedAt",
                table: "TicketAttributes",
                column: "EndedAt",
                filter: "EndedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_EndedReason",
                table: "TicketAttributes",
                column: "EndedReason",
                filter: "EndedReason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_ExternalId",
                table: "TicketAttributes",
                column: "ExternalId",
                filter: "ExternalId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_ExternalQueue",
                table: "TicketAttributes",
                column: "ExternalQueue",
                filter: "ExternalQueue IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_FirstDoneTime",
                table: "TicketAttributes",
                column: "FirstDoneTime",
                filter: "FirstDoneTime IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_FirstResponseCreatedBy",
                table: "TicketAttributes",
                column: "FirstResponseCreatedBy",
                filter: "FirstResponseCreatedBy IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_FirstResponseTime",
                table: "TicketAttributes",
                column: "FirstResponseTime",
                filter: "FirstResponseTime IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_ImportedAt",
                table: "TicketAttributes",
                column: "ImportedAt",
                filter: "ImportedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_InboundMessageCount",
                table: "TicketAttributes",
                column: "InboundMessageCount",
                filter: "InboundMessageCount IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_LastDoneCreatedBy",
                table: "TicketAttributes",
                column: "LastDoneCreatedBy",
                filter: "LastDoneCreatedBy IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_LastMessageAt",
                table: "TicketAttributes",
                column: "LastMessageAt",
                filter: "LastMessageAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_LastReceivedAt",
                table: "TicketAttributes",
                column: "LastReceivedAt",
                filter: "LastReceivedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_Locale",
                table: "TicketAttributes",
                column: "Locale",
                filter: "Locale IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_ModifiedAt",
                table: "TicketAttributes",
                column: "ModifiedAt",
                filter: "ModifiedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_OutboundMessageCount",
                table: "TicketAttributes",
                column: "OutboundMessageCount",
                filter: "OutboundMessageCount IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_Phase",
                table: "TicketAttributes",
                column: "Phase",
                filter: "Phase IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_Queue",
                table: "TicketAttributes",
                column: "Queue",
                filter: "Queue IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_ReopenCount",
                table: "TicketAttributes",
                column: "ReopenCount",
                filter: "ReopenCount IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_Satisfaction",
                table: "TicketAttributes",
                column: "Satisfaction",
                filter: "Satisfaction IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SatisfactionLevelChannel",
                table: "TicketAttributes",
                column: "SatisfactionLevelChannel",
                filter: "SatisfactionLevelChannel IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SatisfactionLevelRating",
                table: "TicketAttributes",
                column: "SatisfactionLevelRating",
                filter: "SatisfactionLevelRating IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SatisfactionLevelScore",
                table: "TicketAttributes",
                column: "SatisfactionLevelScore",
                filter: "SatisfactionLevelScore IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SatisfactionLevelStatus",
                table: "TicketAttributes",
                column: "SatisfactionLevelStatus",
                filter: "SatisfactionLevelStatus IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SentimentPolarity",
                table: "TicketAttributes",
                column: "SentimentPolarity",
                filter: "SentimentPolarity IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SlaBreachAt",
                table: "TicketAttributes",
                column: "SlaBreachAt",
                filter: "SlaBreachAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SlaBreached",
                table: "TicketAttributes",
                column: "SlaBreached",
                filter: "SlaBreached IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SlaBreachMetric",
                table: "TicketAttributes",
                column: "SlaBreachMetric",
                filter: "SlaBreachMetric IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SlaStatus",
                table: "TicketAttributes",
                column: "SlaStatus",
                filter: "SlaStatus IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SnoozeStatus",
                table: "TicketAttributes",
                column: "SnoozeStatus",
                filter: "SnoozeStatus IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SnoozeTime",
                table: "TicketAttributes",
                column: "SnoozeTime",
                filter: "SnoozeTime IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_SubStatus",
                table: "TicketAttributes",
                column: "SubStatus",
                filter: "SubStatus IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketAttributes_TotalOpenTime",
                table: "TicketAttributes",
                column: "TotalOpenTime",
                filter: "TotalOpenTime IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_FieldPurges_EndedAt",
                table: "FieldPurges",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_FieldPurges_FieldId",
                table: "FieldPurges",
                column: "FieldId");

            migrationBuilder.CreateIndex(
                name: "IX_NotificationDeliveries_NextAttemptAt",
                table: "NotificationDeliveries",
                column: "NextAttemptAt",
                filter: "NextAttemptAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_NotificationDeliveries_ProblemId_TargetId_IsOver_Stage",
                table: "NotificationDeliveries",
                columns: new[] { "ProblemId", "TargetId", "IsOver", "Stage" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NotificationDeliveries_TargetId",
                table: "NotificationDeliveries",
                column: "TargetId");

            migrationBuilder.CreateIndex(
                name: "IX_NotificationTargets_InstanceId_Address",
                table: "NotificationTargets",
                columns: new[] { "InstanceId", "Address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Problems_InstanceId_Kind",
                table: "Problems",
                columns: new[] { "InstanceId", "Kind" },
                unique: true,
                filter: "ClosedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Problems_InstanceId_OpenedAt",
                table: "Problems",
                columns: new[] { "InstanceId", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilterChoices_FilterId",
                table: "SavedFilterChoices",
                column: "FilterId");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilterFields_Key",
                table: "SavedFilterFields",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_OwnerId_Name",
                table: "SavedFilters",
                columns: new[] { "OwnerId", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ColumnStatistics");

            migrationBuilder.DropTable(
                name: "FieldPurges");

            migrationBuilder.DropTable(
                name: "FieldStatistics");

            migrationBuilder.DropTable(
                name: "NotificationDeliveries");

            migrationBuilder.DropTable(
                name: "SavedFilterChoices");

            migrationBuilder.DropTable(
                name: "SavedFilterFields");

            migrationBuilder.DropTable(
                name: "TicketListLayouts");

            migrationBuilder.DropTable(
                name: "NotificationTargets");

            migrationBuilder.DropTable(
                name: "Problems");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_CreatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_CustomerId_DeletedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_DeletedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_InstanceId_UpdatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_KustomerId_InstanceId",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_LastActivityAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_MessageCount",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_NoteCount",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Priority",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Status_UpdatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Subject_DeletedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_UpdatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_AssignedTeams",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_AssignedUsers",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_AssistantStatus",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_Brand",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_EndedAt",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_EndedReason",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_ExternalId",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_ExternalQueue",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_FirstDoneTime",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_FirstResponseCreatedBy",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_FirstResponseTime",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_ImportedAt",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_InboundMessageCount",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_LastDoneCreatedBy",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_LastMessageAt",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_LastReceivedAt",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_Locale",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_ModifiedAt",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_OutboundMessageCount",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_Phase",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_Queue",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_ReopenCount",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_Satisfaction",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SatisfactionLevelChannel",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SatisfactionLevelRating",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SatisfactionLevelScore",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SatisfactionLevelStatus",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SentimentPolarity",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SlaBreachAt",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SlaBreached",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SlaBreachMetric",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SlaStatus",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SnoozeStatus",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SnoozeTime",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_SubStatus",
                table: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_TicketAttributes_TotalOpenTime",
                table: "TicketAttributes");

            migrationBuilder.DropColumn(
                name: "AheadSince",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "IsDefined",
                table: "MetadataFields");

            migrationBuilder.DropColumn(
                name: "Storage",
                table: "MetadataFields");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "DeletingSince",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "IsKeyOfSession",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "LackedParts",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "NewFields",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "OldKeyEnvelope",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "OldKeyLastFour",
                table: "Instances");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CreatedAt",
                table: "Tickets",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CustomerId",
                table: "Tickets",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_InstanceId_KustomerId",
                table: "Tickets",
                columns: new[] { "InstanceId", "KustomerId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_InstanceId_UpdatedAt",
                table: "Tickets",
                columns: new[] { "InstanceId", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_KustomerId",
                table: "Tickets",
                column: "KustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_LastActivityAt",
                table: "Tickets",
                column: "LastActivityAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_MessageCount",
                table: "Tickets",
                column: "MessageCount");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Priority",
                table: "Tickets",
                column: "Priority");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Status_UpdatedAt",
                table: "Tickets",
                columns: new[] { "Status", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Subject",
                table: "Tickets",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_UpdatedAt",
                table: "Tickets",
                column: "UpdatedAt");
        }
    }
}
