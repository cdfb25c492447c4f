using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer.Models;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Keeps what an organisation calls its tags. They come with checks of the connection, which ask for tags anyway: no request is made for their sake.</summary>
internal static class TagNames
{
    /// <summary>A tag that was deleted in Kustomer keeps its name, as tickets keep the tag.</summary>
    public static async Task KeepAsync(AppDbContext db, long instanceId, IReadOnlyList<Tag> tags, CancellationToken cancellationToken)
    {
        if (tags.Count == 0)
        {
            return;
        }

        var ids = tags.Select(tag => tag.Id).ToList();
        var known = await db.TagNames.Where(tag => tag.InstanceId == instanceId && EF.Parameter(ids).Contains(tag.TagId)).ToDictionaryAsync(tag => tag.TagId, StringComparer.Ordinal, cancellationToken);
        foreach (var tag in tags.Where(tag => !string.IsNullOrWhiteSpace(tag.Name)).DistinctBy(tag => tag.Id, StringComparer.Ordinal))
        {
            var name = tag.Name!.Length > TagName.NameLength ? tag.Name[..TagName.NameLength] : tag.Name;
            if (known.TryGetValue(tag.Id, out var row))
            {
                row.Name = name;
            }
            else
            {
                db.TagNames.Add(new TagName { InstanceId = instanceId, TagId = tag.Id, Name = name });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
