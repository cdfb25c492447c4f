using System.Globalization;
using System.IO.Pipelines;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>
/// The tickets of a list as comma-separated values: read in batches and written straight into the answer, so that a million rows take no more memory
/// than a few hundred. A file that is not whole never ends well: its connection is broken off.
/// </summary>
public sealed partial class TicketExport(CurrentAdmin currentAdmin, AuditLog audit, FilterFields fields, TicketSearch search, RunningExports exports, ILogger<TicketExport> logger)
{
    /// <summary>What an export of this list would hold.</summary>
    public async Task<ExportPlan> PlanAsync(TicketQuery query, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        return ExportColumn.Plan(query.Columns, await fields.ReadAsync(cancellationToken));
    }

    /// <summary>Takes one of the places; the browser has half a minute to collect the file.</summary>
    public async Task<ExportStart> BeginAsync(TicketQuery query, ViewerTime viewer, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        var known = await fields.ReadAsync(cancellationToken);
        var order = new ExportOrder(query.InOrder(known), viewer, ExportColumn.Plan(query.Columns, known).Columns);
        if (exports.Begin(actor, order, out var refusal) is { } export)
        {
            return new ExportStart(export, null);
        }

        await audit.WriteAsync(actor, AuditActions.ExportBegun, order.FileName, AuditOutcome.Refused, refusal, cancellationToken);
        return new ExportStart(null, refusal);
    }

    /// <summary>The admin's own that waits or runs, from whichever page it was begun.</summary>
    public async Task<RunningExport?> CurrentAsync(CancellationToken cancellationToken) => exports.Of(await currentAdmin.RequireAsync(cancellationToken));

    /// <summary>Ends the admin's own.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        if (exports.Of(await currentAdmin.RequireAsync(cancellationToken)) is { } export)
        {
            exports.TryEnd(export, ExportState.Cancelled);
        }
    }

    /// <param name="abort">Breaks the connection off.</param>
    /// <returns>Null when this admin has no such export waiting.</returns>
    internal async Task<RunningExport?> CollectAsync(string key, Action abort, CancellationToken cancellationToken) =>
        exports.Collect(await currentAdmin.RequireAsync(cancellationToken), key, abort);

    /// <summary>Writes the whole file, or breaks the connection off.</summary>
    internal async Task WriteAsync(RunningExport export, PipeWriter output, CancellationToken cancellationToken)
    {
        var actor = export.Admin;
        var why = "The tickets could not be read or written.";
        try
        {
            await currentAdmin.RequireAsync(cancellationToken);
            await audit.WriteAsync(actor, AuditActions.ExportBegun, export.Order.FileName, AuditOutcome.Succeeded, export.Order.Describe(), cancellationToken);
            var before = await search.ReadMarkAsync(cancellationToken);
            await WriteRowsAsync(export, output, cancellationToken);
            export.HasMetChanges = !before.SetEquals(await search.ReadMarkAsync(cancellationToken));

            // Without a record there is no whole file.
            await audit.WriteAsync(actor, AuditActions.TicketsExported, export.Order.FileName, AuditOutcome.Succeeded, export.HasMetChanges ? $"{Rows(export)} {RunningExport.ChangesNote}" : Rows(export), cancellationToken);
            if (exports.TryEnd(export, ExportState.Done))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            why = "The browser cancelled the download, or its connection was lost.";
        }
        catch (NotAnAdminException)
        {
            why = "The session ended meanwhile.";
        }
        catch (Exception exception)
        {
            Log.NotRead(logger, exception);
        }
        finally
        {
            exports.TryEnd(export, ExportState.Failed);
            exports.Leave(export);
        }

        // Whoever it was that went away, the record says how far it came.
        await audit.WriteAsync(actor, AuditActions.TicketsExported, export.Order.FileName, AuditOutcome.Failed, $"{(export.State is ExportState.Cancelled ? "Cancelled by the admin." : why)} {Rows(export)}", CancellationToken.None);
    }

    private async Task WriteRowsAsync(RunningExport export, PipeWriter output, CancellationToken cancellationToken)
    {
        var order = export.Order;
        var csv = new CsvWriter(output);
        csv.WriteMark();
        foreach (var column in order.Columns)
        {
            csv.WriteText(column.Header);
        }

        csv.EndRow();
        await FlushAsync();
        await foreach (var rows in search.StreamAsync(order.Query with { Columns = [.. order.Columns.Select(column => column.Key)] }, order.Viewer, cancellationToken))
        {
            // Somebody who is an admin no longer gets no further than the batch under way.
            await currentAdmin.RequireAsync(cancellationToken);
            foreach (var row in rows)
            {
                foreach (var column in order.Columns)
                {
                    column.Write(csv, row, order.Viewer.Zone);
                }

                csv.EndRow();
            }

            await FlushAsync();
            export.AddRows(rows.Count);
        }

        async Task FlushAsync()
        {
            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                throw new OperationCanceledException("Nobody reads the answer any more.");
            }
        }
    }

    private static string Rows(RunningExport export) => string.Create(CultureInfo.InvariantCulture, $"{export.Rows:N0} {(export.Rows == 1 ? "row" : "rows")}.");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An export ended before its file was whole")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}

/// <param name="Columns">In their order.</param>
/// <param name="LeftOut">Names of columns that are no longer stored.</param>
public sealed record ExportPlan(IReadOnlyList<ExportColumn> Columns, IReadOnlyList<string> LeftOut);

/// <param name="Export">Null when it was refused.</param>
/// <param name="Refusal">Why, for people.</param>
public sealed record ExportStart(RunningExport? Export, string? Refusal);
