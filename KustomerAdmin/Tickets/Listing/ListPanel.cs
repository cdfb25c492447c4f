namespace KustomerAdmin.Tickets.Listing;

/// <summary>What lies over the list; one at a time.</summary>
internal enum ListPanel
{
    None,
    Filter,
    Columns,
    Save,
    Saved,
    Sample,
}
