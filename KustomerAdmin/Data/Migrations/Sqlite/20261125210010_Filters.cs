using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KustomerAdmin.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Filters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsDefined",
                table: "MetadataFields",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Storage",
                table: "MetadataFields",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Stored");

            migrationBuilder.AddColumn<string>(
                name: "NewFields",
                table: "Instances",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "Stored");

            migrationBuilder.CreateTable(
                name: "FieldPurges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FieldId = table.Column<int>(type: "INTEGER", nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastTicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    Removed = table.Column<long>(type: "INTEGER", nullable: false),
                    Expected = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
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
                    FieldId = table.Column<int>(type: "INTEGER", nullable: false),
                    Tickets = table.Column<long>(type: "INTEGER", nullable: false),
                    Distinct = table.Column<long>(type: "INTEGER", nullable: false),
                    TopValues = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    Histogram = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    MeasuredAt = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OwnerId = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    IsShared = table.Column<bool>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
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
                    AdminId = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false),
                    Columns = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    IsDense = table.Column<bool>(type: "INTEGER", nullable: false)
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
                name: "SavedFilterChoices",
                columns: table => new
                {
                    AdminId = table.Column<string>(type: "TEXT", maxLength: 450, nullable: false),
                    FilterId = table.Column<long>(type: "INTEGER", nullable: false),
                    IsPinned = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsDefault = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilterChoices", x => new { x.AdminId, x.FilterId });
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
                    FilterId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
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
                name: "IX_FieldPurges_EndedAt",
                table: "FieldPurges",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_FieldPurges_FieldId",
                table: "FieldPurges",
                column: "FieldId");

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
                name: "FieldPurges");

            migrationBuilder.DropTable(
                name: "FieldStatistics");

            migrationBuilder.DropTable(
                name: "SavedFilterChoices");

            migrationBuilder.DropTable(
                name: "SavedFilterFields");

            migrationBuilder.DropTable(
                name: "TicketListLayouts");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropColumn(
                name: "IsDefined",
                table: "MetadataFields");

            migrationBuilder.DropColumn(
                name: "Storage",
                table: "MetadataFields");

            migrationBuilder.DropColumn(
                name: "NewFields",
                table: "Instances");
        }
    }
}
