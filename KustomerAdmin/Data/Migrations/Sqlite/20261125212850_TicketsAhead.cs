using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KustomerAdmin.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TicketsAhead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AheadSince",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AheadSince",
                table: "Tickets");
        }
    }
}
