using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace KustomerAdmin.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class TicketsAhead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AheadSince",
                table: "Tickets",
                type: "datetimeoffset",
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
