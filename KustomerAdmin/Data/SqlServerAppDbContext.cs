using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options) : AppDbContext(options);
