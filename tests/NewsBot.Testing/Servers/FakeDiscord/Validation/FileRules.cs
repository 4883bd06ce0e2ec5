using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord.Routes;
using Fail = NewsBot.Testing.Servers.FakeDiscord.Routes.Fail;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>Which files a message keeps and gets. Source: https://discord.com/developers/docs/reference#uploading-files</summary>
internal static class FileRules
{
    private const int MaxFileBytes = 10 * 1024 * 1024;
    private const int MaxFiles = 10;

    /// <summary>Reads the attachments field and the uploads that no entry of it names.</summary>
    /// <returns>Null where there is neither.</returns>
    public static IReadOnlyList<(ulong? Kept, NewFile? Added)>? Read(
        JsonObject body,
        IReadOnlyDictionary<int, UploadedFile> uploads,
        string path,
        FieldErrors errors
    )
    {
        if (uploads.Values.Any(upload => upload.Bytes.Length > MaxFileBytes))
        {
            throw Fail.With(50045);
        }

        var found = new List<(ulong?, NewFile?)>();
        var named = new HashSet<int>();
        foreach (var (item, at) in errors.Objects(body, "attachments", path + "attachments", MaxFiles))
        {
            var description = item["description"] is null
                ? null
                : errors.Text(item, "description", at + ".description", 0, 1024);
            if (errors.Id(item, "id", at + ".id") is not { } id)
            {
                errors.Missing(at + ".id");
            }
            else if (id < 1000 && uploads.TryGetValue((int)id, out var upload))
            {
                named.Add((int)id);
                var name = errors.Text(item, "filename", at + ".filename", 0, 1024);
                found.Add((null, new NewFile(upload, name.Length > 0 ? name : upload.Name, description)));
            }
            else if (id < 1000)
            {
                errors.Add(at + ".id", "ATTACHMENT_NOT_FOUND", $"The attachment {id} has no file.");
            }
            else
            {
                found.Add((id, null));
            }
        }

        found.AddRange(
            uploads
                .Where(upload => !named.Contains(upload.Key))
                .OrderBy(upload => upload.Key)
                .Select(upload => ((ulong?)null, (NewFile?)new NewFile(upload.Value, upload.Value.Name, null)))
        );
        if (found.Count > MaxFiles)
        {
            errors.Add(path + "attachments", "BASE_TYPE_MAX_LENGTH", $"Must be {MaxFiles} or fewer in length.");
        }

        return found.Count == 0 && !body.ContainsKey("attachments") ? null : found;
    }
}
