using System.Globalization;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>Files and avatars, as Discord's own file server has them.</summary>
internal static class FileRoutes
{
    public static IEnumerable<FakeRoute> All() =>
        [
            Public("/attachments/{channel}/{file}/{name}", Attachment),
            Public("/avatars/{user}/{name}", Picture),
            Public("/guilds/{guild}/users/{user}/avatars/{name}", Picture),
            Public("/embed/avatars/{name}", Picture),
        ];

    private static FakeRoute Public(string template, Func<FakeCall, FakeReply> handle) =>
        new("GET", template, handle)
        {
            Open = true,
            Limit = null,
            Global = false,
        };

    private static FakeReply Attachment(FakeCall call)
    {
        if (
            !call.State.World.Files.TryGetValue(call.Id("file"), out var file)
            || file.ChannelId != call.Id("channel")
            || !call.State.IsFresh(file.Id, call.Query["ex"].ToString(), call.Query["hm"].ToString())
        )
        {
            return new FakeReply(404) { File = ("This content is no longer available."u8.ToArray(), "text/plain") };
        }

        return new FakeReply(200) { File = (file.Bytes, file.ContentType) };
    }

    private static FakeReply Picture(FakeCall call)
    {
        var number =
            call.Values.TryGetValue("user", out var user)
            && ulong.TryParse(user, CultureInfo.InvariantCulture, out var id)
                ? (int)(id % 97)
                : 0;
        return new FakeReply(200) { File = (FakeNewsroom.Png(number), "image/png") };
    }
}
