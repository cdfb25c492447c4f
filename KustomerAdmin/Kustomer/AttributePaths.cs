using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// Finds the attributes at many paths in one pass over a record. Asked for one at a time each would search the record from its end.
/// Absent and null are both "not there".
/// </summary>
public sealed class AttributePaths
{
    /// <summary>No attribute that is looked for has a longer name.</summary>
    private const int LongestName = 64;

    private readonly Node _root = new();

    /// <summary>Paths of names with dots between them; the place of each in this list is its place in the answer.</summary>
    public AttributePaths(IReadOnlyList<string> paths)
    {
        for (var place = 0; place < paths.Count; place++)
        {
            var node = _root;
            foreach (var name in paths[place].Split('.'))
            {
                node = node.Child(name);
            }

            node.Place = place;
        }

        Count = paths.Count;
    }

    public int Count { get; }

    /// <summary>Fills <paramref name="found"/>; what is not there is left undefined.</summary>
    public void Find(JsonElement attributes, Span<JsonElement> found)
    {
        found.Clear();
        if (attributes.ValueKind is JsonValueKind.Object)
        {
            Find(_root, attributes, found);
        }
    }

    private static void Find(Node parent, JsonElement element, Span<JsonElement> found)
    {
        Span<char> letters = stackalloc char[LongestName];
        foreach (var property in element.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (name.Length > LongestName || parent.Find(letters[..Encoding.UTF8.GetChars(name, letters)]) is not { } node)
            {
                continue;
            }

            // The last of one name counts, as everywhere.
            var value = property.Value;
            if (node.Place >= 0)
            {
                found[node.Place] = value.ValueKind is JsonValueKind.Null ? default : value;
            }

            if (value.ValueKind is JsonValueKind.Object && node.HasChildren)
            {
                Find(node, value, found);
            }
        }
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _children = new(StringComparer.Ordinal);

        public int Place { get; set; } = -1;

        public bool HasChildren => _children.Count > 0;

        public Node Child(string name) => _children.TryGetValue(name, out var child) ? child : _children[name] = new Node();

        public Node? Find(ReadOnlySpan<char> name) => _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var child) ? child : null;
    }
}
