using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KustomerAdmin.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SyncToBetOn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DeletedAt",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MissingSince",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Deleted",
                table: "SyncRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "SyncRuns",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Update");

            migrationBuilder.AddColumn<int>(
                name: "Retries",
                table: "SyncRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "WaitedMilliseconds",
                table: "SyncRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "WindowFrom",
                table: "SyncRuns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WindowTo",
                table: "SyncRuns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FailingSince",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Failures",
                table: "Instances",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "HistoryCursor",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HistoryDoneAt",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastSucceededAt",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LeaseExpiresAt",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LeaseOwner",
                table: "Instances",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PausedBy",
                table: "Instances",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RateShare",
                table: "Instances",
                type: "INTEGER",
                nullable: false,
                defaultValue: 50);

            migrationBuilder.AddColumn<long>(
                name: "ReconcileCursor",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReconciledAt",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SyncFrom",
                table: "Instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "KustomerRequestDays",
                columns: table => new
                {
                    InstanceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<long>(type: "INTEGER", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Requests = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KustomerRequestDays", x => new { x.InstanceId, x.Day, x.Purpose, x.Outcome });
                    table.ForeignKey(
                        name: "FK_KustomerRequestDays_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "KustomerRequests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    InstanceId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    RunId = table.Column<long>(type: "INTEGER", nullable: true),
                    CausedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: true),
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: true),
                    Limit = table.Column<int>(type: "INTEGER", nullable: true),
                    Remaining = table.Column<int>(type: "INTEGER", nullable: true),
                    Milliseconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KustomerRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_KustomerRequests_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "QuarantinedRecords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    InstanceId = table.Column<long>(type: "INTEGER", nullable: false),
                    KustomerId = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantinedRecords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QuarantinedRecords_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SyncForecasts",
                columns: table => new
                {
                    InstanceId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Tickets = table.Column<long>(type: "INTEGER", nullable: false),
                    Requests = table.Column<int>(type: "INTEGER", nullable: false),
                    Seconds = table.Column<double>(type: "REAL", nullable: false),
                    RateShare = table.Column<int>(type: "INTEGER", nullable: false),
                    LeftForOthers = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SyncForecasts", x => x.InstanceId);
                    table.ForeignKey(
                        name: "FK_SyncForecasts_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TicketAttributes",
                columns: table => new
                {
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ReplyChannel = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Phase = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Satisfaction = table.Column<double>(type: "REAL", nullable: true),
                    OutboundMessageCount = table.Column<double>(type: "REAL", nullable: true),
                    InboundMessageCount = table.Column<double>(type: "REAL", nullable: true),
                    ModifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ImportedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastReceivedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastMessageAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastMessageDirection = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Spam = table.Column<bool>(type: "INTEGER", nullable: true),
                    Locked = table.Column<bool>(type: "INTEGER", nullable: true),
                    Ended = table.Column<bool>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedReason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    EndedByType = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    AssignedUsers = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    AssignedTeams = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SentimentPolarity = table.Column<double>(type: "REAL", nullable: true),
                    SnoozeStatus = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SnoozeTime = table.Column<long>(type: "INTEGER", nullable: true),
                    SatisfactionLevelStatus = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SatisfactionLevelChannel = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SatisfactionLevelRating = table.Column<double>(type: "REAL", nullable: true),
                    SatisfactionLevelScore = table.Column<double>(type: "REAL", nullable: true),
                    FirstMessageInChannel = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    FirstMessageInSentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstMessageOutSentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstResponseCreatedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    FirstResponseTime = table.Column<double>(type: "REAL", nullable: true),
                    FirstResponseBusinessTime = table.Column<double>(type: "REAL", nullable: true),
                    FirstDoneCreatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstDoneTime = table.Column<double>(type: "REAL", nullable: true),
                    LastDoneCreatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastDoneCreatedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    DoneCount = table.Column<double>(type: "REAL", nullable: true),
                    ReopenCount = table.Column<double>(type: "REAL", nullable: true),
                    SnoozeCount = table.Column<double>(type: "REAL", nullable: true),
                    TotalOpenTime = table.Column<double>(type: "REAL", nullable: true),
                    TotalOpenBusinessTime = table.Column<double>(type: "REAL", nullable: true),
                    SlaName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SlaStatus = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SlaBreached = table.Column<bool>(type: "INTEGER", nullable: true),
                    SlaBreachMetric = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SlaBreachAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AssistantStatus = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    MergedTarget = table.Column<bool>(type: "INTEGER", nullable: true),
                    ExternalQueue = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    DefaultLang = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Locale = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Pinned = table.Column<bool>(type: "INTEGER", nullable: true),
                    Deleted = table.Column<bool>(type: "INTEGER", nullable: true),
                    Brand = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Queue = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SubStatus = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketAttributes", x => x.TicketId);
                    table.ForeignKey(
                        name: "FK_TicketAttributes_Tickets_TicketId",
                        column: x => x.TicketId,
                        principalTable: "Tickets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_InstanceId_MissingSince",
                table: "Tickets",
                columns: new[] { "InstanceId", "MissingSince" },
                filter: "MissingSince IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_KustomerRequests_At",
                table: "KustomerRequests",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_KustomerRequests_InstanceId",
                table: "KustomerRequests",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_KustomerRequests_RunId",
                table: "KustomerRequests",
                column: "RunId",
                filter: "RunId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_QuarantinedRecords_InstanceId_Fingerprint",
                table: "QuarantinedRecords",
                columns: new[] { "InstanceId", "Fingerprint" },
                unique: true);

            // Standard attributes have columns now. Their values are read from Kustomer again by a first load, which the missing cursor asks for.
            migrationBuilder.Sql("DELETE FROM TicketMetadata WHERE FieldId IN (SELECT Id FROM MetadataFields WHERE \"Key\" NOT LIKE 'custom.%');");
            migrationBuilder.Sql("DELETE FROM MetadataFields WHERE \"Key\" NOT LIKE 'custom.%';");
            migrationBuilder.Sql("UPDATE Instances SET SyncCursor = NULL;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "KustomerRequestDays");

            migrationBuilder.DropTable(
                name: "KustomerRequests");

            migrationBuilder.DropTable(
                name: "QuarantinedRecords");

            migrationBuilder.DropTable(
                name: "SyncForecasts");

            migrationBuilder.DropTable(
                name: "TicketAttributes");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_InstanceId_MissingSince",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "MissingSince",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Deleted",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "Retries",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "WaitedMilliseconds",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "WindowFrom",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "WindowTo",
                table: "SyncRuns");

            migrationBuilder.DropColumn(
                name: "FailingSince",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "Failures",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "HistoryCursor",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "HistoryDoneAt",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "LastSucceededAt",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "LeaseExpiresAt",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "LeaseOwner",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "PausedBy",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "RateShare",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "ReconcileCursor",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "ReconciledAt",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "SyncFrom",
                table: "Instances");
        }
    }
}
