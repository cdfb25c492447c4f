using System.Collections.Frozen;
using System.Text;

namespace KustomerAdmin.Filters;

/// <summary>Reads one text of <see cref="FilterText"/>, sign by sign.</summary>
internal sealed class FilterReader(string text)
{
    private static readonly FrozenDictionary<string, FilterOperator> s_operators =
        Enum.GetValues<FilterOperator>().ToFrozenDictionary(FilterText.NameOf, StringComparer.Ordinal);

    private int _place;
    private int _conditions;

    private char? Sign => _place < text.Length ? text[_place] : null;

    public FilterGroup Read()
    {
        var parts = ReadParts(level: 0);
        while (Sign is ')')
        {
            // A bracket that nothing opened.
            _place++;
            parts.AddRange(ReadParts(level: 0));
        }

        return parts is [FilterGroup only] ? only : new FilterGroup(false, parts);
    }

    /// <summary>Up to the bracket that closes them, or the end.</summary>
    private List<FilterNode> ReadParts(int level)
    {
        List<FilterNode> parts = [];
        while (Sign is not (null or ')'))
        {
            var (word, isEscaped) = ReadWord(FilterText.Signs);
            if (Sign is '(' && !isEscaped && word is "or" or "and")
            {
                _place++;
                AddGroup(parts, word is "or", level);
            }
            else if (Sign is ':')
            {
                _place++;
                AddCondition(parts, word);
            }

            SkipTo(';');
        }

        return parts;
    }

    private void AddGroup(List<FilterNode> parts, bool isAny, int level)
    {
        if (level >= FilterText.MostLevels)
        {
            SkipGroup();
            return;
        }

        parts.Add(new FilterGroup(isAny, ReadParts(level + 1)));
        if (Sign is ')')
        {
            _place++;
        }
    }

    private void AddCondition(List<FilterNode> parts, string field)
    {
        var name = ReadWord(FilterText.Signs).Text;
        List<string> values = [];
        while (Sign == (values.Count == 0 ? ':' : ','))
        {
            _place++;
            values.Add(ReadWord(FilterText.SignsInValues).Text);
        }

        if (s_operators.TryGetValue(name, out var meant) && field.Length is > 0 and <= FilterText.LongestField && values.Count <= FilterText.MostValues
            && values.TrueForAll(static value => value.Length <= FilterText.LongestValue) && _conditions < FilterText.MostConditions)
        {
            _conditions++;
            parts.Add(new FilterCondition(field, meant, values));
        }
    }

    /// <summary>Up to the next sign with a meaning.</summary>
    private (string Text, bool IsEscaped) ReadWord(string signs)
    {
        var word = new StringBuilder();
        var isEscaped = false;
        for (; Sign is { } sign; _place++)
        {
            if (sign == FilterText.Escape && _place + 1 < text.Length)
            {
                isEscaped = true;
                _place++;
            }
            else if (signs.Contains(sign, StringComparison.Ordinal) && sign != FilterText.Escape)
            {
                break;
            }

            word.Append(text[_place]);
        }

        return (word.ToString(), isEscaped);
    }

    /// <summary>Behind the next separator of this group; brackets that stand in the way are skipped with what is in them.</summary>
    private void SkipTo(char separator)
    {
        while (Sign is { } sign && sign is not ')')
        {
            _place++;
            if (sign == separator)
            {
                return;
            }

            if (sign is '(')
            {
                SkipGroup();
            }
            else if (sign == FilterText.Escape)
            {
                _place++;
            }
        }
    }

    private void SkipGroup()
    {
        for (var open = 1; open > 0 && Sign is { } sign; _place++)
        {
            open += sign is '(' ? 1 : sign is ')' ? -1 : 0;
            _place += sign == FilterText.Escape ? 1 : 0;
        }
    }
}
