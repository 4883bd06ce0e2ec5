using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeSlack.Stored;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>Files in the two steps that are left since 2025. Source: https://docs.slack.dev/messaging/working-with-files</summary>
internal static class FileMethods
{
    private const int MaxBytes = 25 * 1024 * 1024;

    public static IEnumerable<FakeMethod> All() =>
        [
            new("files.getUploadURLExternal", Tier.Four, Begin) { Scope = "files:write" },
            new("files.completeUploadExternal", Tier.Four, Complete) { Scope = "files:write", TakesJson = true },
            new("files.info", Tier.Four, Info) { Scope = "files:read" },
        ];

    private static JsonObject Begin(FakeCall call)
    {
        var length = call.Number("length", 0, int.MaxValue);
        if (length is <= 0 or > MaxBytes)
        {
            throw new FakeApiException("invalid_arguments", "length is from 1 to 26214400");
        }

        var file = new StoredFile
        {
            Id = call.State.NextId("F0"),
            TeamId = call.Actor.TeamId,
            UserId = call.Actor.UserId,
            Name = call.Need("filename"),
            ContentType = TypeOf(call.Need("filename")),
            Created = call.State.Now.ToUnixTimeSeconds(),
        };
        call.State.World.Files[file.Id] = file;
        return new JsonObject { ["upload_url"] = $"{call.State.Root}/upload/v1/{file.Id}", ["file_id"] = file.Id };
    }

    private static JsonObject Complete(FakeCall call)
    {
        var files = call.Json("files", "invalid_arguments") as JsonArray ?? [];
        var found = files
            .Select(one => call.State.World.Files.GetValueOrDefault(one?["id"]?.ToString() ?? ""))
            .ToList();
        if (found.Count == 0 || found.Any(file => file is null || file.Bytes.Length == 0))
        {
            throw new FakeApiException("file_not_found");
        }

        if (call.Text("channel_id") is not null)
        {
            var target = new JsonObject
            {
                ["channel"] = call.Text("channel_id"),
                ["thread_ts"] = call.Text("thread_ts"),
            };
            var inner = new FakeCall
            {
                State = call.State,
                Actor = call.Actor,
                Args = target,
            };
            Share(inner, found!, call.Text("initial_comment") ?? "");
        }

        return new JsonObject { ["files"] = new JsonArray([.. found.Select(file => call.State.File(file!))]) };
    }

    private static void Share(FakeCall call, List<StoredFile> files, string comment)
    {
        var channel = ChatMethods.Writable(call);
        foreach (var file in files)
        {
            file.Channels.Add(channel.Id);
        }

        call.State.Post(
            channel,
            new StoredMessage
            {
                UserId = call.Actor.UserId,
                TeamId = call.Actor.TeamId,
                BotId = call.Actor.IsBot ? call.Team.BotId : null,
                Subtype = "file_share",
                Text = Validation.TextForm.Normalise(comment),
                Files = [.. files.Select(file => file.Id)],
                ThreadTs = ChatMethods.Thread(call, channel),
                ClientMessageId = call.Actor.IsHuman ? Guid.CreateVersion7(call.State.Now).ToString() : null,
            }
        );
    }

    private static JsonObject Info(FakeCall call) =>
        call.State.World.Files.GetValueOrDefault(call.Need("file", "file_not_found")) is { } file
            ? new JsonObject { ["file"] = call.State.File(file) }
            : throw new FakeApiException("file_not_found");

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".pdf" => "application/pdf",
            ".txt" => "text/plain",
            _ => "application/octet-stream",
        };
}
