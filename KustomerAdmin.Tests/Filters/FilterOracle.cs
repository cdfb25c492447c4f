using System.Globalization;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

/// <summary>What a filter means, said once more in the plainest way: over a list in memory, one ticket and one value at a time.</summary>
internal sealed class FilterOracle(IReadOnlyList<Ticket> tickets, IReadOnlyList<MetadataField> fields, IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer)
{
    private static readonly Dictionary<string, StandardColumn> s_standard = StandardColumn.All.ToDictionary(column => column.Key.Path, StringComparer.Ordinal);
    private readonly Dictionary<int, MetadataField> _fields = fields.ToDictionary(field => field.Id);

    public IReadOnlyDictionary<string, FieldSource> Sources => sources;

    public IEnumerable<Ticket> Present => tickets.Where(ticket => ticket.DeletedAt is null);

    public IEnumerable<Ticket> Find(FilterNode node) => Present.Where(ticket => Matches(ticket, node));

    public bool Matches(Ticket ticket, FilterNode node) => node switch
    {
        FilterGroup { Parts.Count: 0 } => true,
        FilterGroup { IsAny: true } any => any.Parts.Any(part => Matches(ticket, part)),
        FilterGroup all => all.Parts.All(part => Matches(ticket, part)),
        FilterCondition condition => Matches(ticket, condition),
        _ => throw new NotSupportedException(),
    };

    /// <summary>All values that a ticket has in a field, each with the type in which the field's values are read in that instance.</summary>
    public IEnumerable<(object Value, FilterFieldType Type)> Values(Ticket ticket, string key)
    {
        IEnumerable<object?> own = key switch
        {
            "subject" => [ticket.Subject],
            "status" => [ticket.Status],
            "priority" => [(double?)ticket.Priority],
            "direction" => [ticket.Direction],
            "messageCount" => [(double?)ticket.MessageCount],
            "noteCount" => [(double?)ticket.NoteCount],
            "createdAt" => [ticket.CreatedAt],
            "updatedAt" => [ticket.UpdatedAt],
            "lastActivityAt" => [ticket.LastActivityAt],
            "instance" => [ticket.InstanceId.ToString(CultureInfo.InvariantCulture)],
            "id" => [ticket.KustomerId],
            "customerConversations" => [(double?)ticket.Customer?.ConversationCount],
            "channel" => ticket.Channels.Select(channel => channel.Channel),
            "tag" => ticket.Tags.Select(tag => tag.TagId),
            _ when ticket.Attributes is { } attributes && s_standard.TryGetValue(key, out var column) => [typeof(TicketAttributes).GetProperty(StandardColumn.PropertyOf(column.Key.Path))!.GetValue(attributes)],
            _ => [],
        };
        var rows = ticket.Metadata.Where(row => _fields[row.FieldId].Key == key)
            .Select(row => ((object?)row.LongTextValue ?? row.TextValue ?? (object?)row.NumberValue ?? row.DateValue, FieldSource.TypeOf(_fields[row.FieldId].Type)));
        return own.Select(value => (value, sources[key].Field.Type)).Concat(rows).Where(pair => pair.Item1 is not null).Select(pair => (pair.Item1!, pair.Item2));
    }

    private bool Matches(Ticket ticket, FilterCondition condition)
    {
        var values = Values(ticket, condition.Field).ToList();
        return condition.Operator switch
        {
            FilterOperator.IsEmpty => values.Count == 0,
            FilterOperator.IsNotEmpty => values.Count > 0,
            FilterOperator.IsNot or FilterOperator.NoneOf => !values.Exists(value => condition.Values.Any(asked => Equal(value, asked))),
            FilterOperator.Is or FilterOperator.AnyOf => values.Exists(value => condition.Values.Any(asked => Equal(value, asked))),
            FilterOperator.AllOf => condition.Values.All(asked => values.Exists(value => Equal(value, asked))),
            FilterOperator.Contains => values.Exists(value => value is { Value: string text, Type: FilterFieldType.Text } && Folded(text).Contains(Folded(condition.Values[0]), StringComparison.Ordinal)),
            FilterOperator.StartsWith => values.Exists(value => value is { Value: string text, Type: FilterFieldType.Text } && Folded(text).StartsWith(Folded(condition.Values[0]), StringComparison.Ordinal)),
            _ => values.Exists(value => value.Value switch
            {
                double number when value.Type is FilterFieldType.Number => Compared(number, condition),
                DateTimeOffset moment when value.Type is FilterFieldType.Date => Compared(TimeZoneInfo.ConvertTime(moment, viewer.Zone), condition),
                _ => false,
            }),
        };
    }

    private bool Equal((object Value, FilterFieldType Type) value, string asked) => (value.Value, value.Type) switch
    {
        (string text, FilterFieldType.Text or FilterFieldType.Choice or FilterFieldType.List) => text == asked,
        (double number, FilterFieldType.Number) => double.TryParse(asked, CultureInfo.InvariantCulture, out var other) && number == other,
        (double truth, FilterFieldType.YesNo) => asked == (truth > 0 ? "true" : "false"),
        (bool truth, FilterFieldType.YesNo) => asked == (truth ? "true" : "false"),
        (DateTimeOffset moment, FilterFieldType.Date) => TimeZoneInfo.ConvertTime(moment, viewer.Zone).ToString(Format(asked), CultureInfo.InvariantCulture) == asked,
        _ => false,
    };

    private static bool Compared(double number, FilterCondition condition)
    {
        var values = condition.Values.Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToList();
        return condition.Operator switch
        {
            FilterOperator.LessThan => number < values[0],
            FilterOperator.AtMost => number <= values[0],
            FilterOperator.MoreThan => number > values[0],
            FilterOperator.AtLeast => number >= values[0],
            _ => number >= values[0] && number <= values[1],
        };
    }

    /// <summary>Dates are compared as a person does: by what the viewer's calendar and clock show, as exactly as the value is written.</summary>
    private bool Compared(DateTimeOffset moment, FilterCondition condition)
    {
        if (condition.Operator is FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext)
        {
            var (count, unit) = (int.Parse(condition.Values[0].Split(' ')[0], CultureInfo.InvariantCulture), condition.Values[0].Split(' ')[1]);
            var day = moment.Date;
            var today = TimeZoneInfo.ConvertTime(viewer.Now, viewer.Zone).Date;
            DateTime Moved(int sign) => unit.StartsWith("month", StringComparison.Ordinal) ? today.AddMonths(sign * count) : today.AddDays(sign * count * (unit.StartsWith("week", StringComparison.Ordinal) ? 7 : 1));
            return condition.Operator switch
            {
                FilterOperator.InTheLast => day > Moved(-1) && day <= today,
                FilterOperator.NotInTheLast => day <= Moved(-1),
                _ => day >= today && day < Moved(1),
            };
        }

        int To(string asked) => string.CompareOrdinal(moment.ToString(Format(asked), CultureInfo.InvariantCulture), asked);
        return condition.Operator switch
        {
            FilterOperator.LessThan => To(condition.Values[0]) < 0,
            FilterOperator.AtMost => To(condition.Values[0]) <= 0,
            FilterOperator.MoreThan => To(condition.Values[0]) > 0,
            FilterOperator.AtLeast => To(condition.Values[0]) >= 0,
            _ => To(condition.Values[0]) >= 0 && To(condition.Values[1]) <= 0,
        };
    }

    private static string Format(string asked) => asked.Length switch
    {
        10 => "yyyy-MM-dd",
        16 => "yyyy-MM-dd'T'HH:mm",
        _ => "yyyy-MM-dd'T'HH:mm:ss",
    };

    /// <summary>SQLite knows two cases of the 26 letters alone.</summary>
    private static string Folded(string text) => string.Concat(text.Select(static sign => sign is >= 'A' and <= 'Z' ? (char)(sign + 32) : sign));
}
