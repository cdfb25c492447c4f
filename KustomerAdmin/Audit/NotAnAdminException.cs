namespace KustomerAdmin.Audit;

public sealed class NotAnAdminException() : Exception("Only a signed-in admin may do this. Sign in and try again.");
