using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Communities;

internal static partial class CrossingDoors
{
    private static IEnumerable<CrossingDoor> Commands()
    {
        (string Line, bool ShowsOwn, bool? WhileJoined)[] lines =
        [
            ("latest", true, true),
            ("top week", true, true),
            ("search lantern", true, true),
            ("story {own}", true, null),
            ("story {0}", false, true),
            ("story {1}", false, null),
            ("story lantern", true, true),
            ("why https://both.example/1", false, true),
            ("follow {0}", false, null),
            ("unfollow {1}", false, null),
            ("me", true, false),
            ("me export", true, null),
            ("list", true, true),
            ("edit source-{0} name Stolen", false, null),
            ("pause source-{1}", false, null),
            ("remove source-{1}", false, null),
            ("login clear source-{1}", false, null),
            ("filter show", true, true),
            ("filter show source-{0}", false, null),
            ("filter replay source-{0} lantern", false, null),
            ("template show source-{0}", false, null),
            ("export json", true, true),
            ("export opml", true, true),
            ("digest show", false, null),
            ("digest preview --channel channel-{0}", false, null),
            ("digest now --channel channel-{0}", false, null),
            ("channel list", true, true),
            ("channel publish public --channel channel-{1}", false, null),
            ("channel mirror collect --channel channel-{1}", false, null),
            ("status", true, true),
            ("audit 100", true, true),
            ("undo {0}", false, null),
            ("takedown {1}", false, null),
            ("role member-{0} member", false, null),
            ("token list", true, true),
            ("token create member-{0}", false, null),
            ("token revoke {0}", false, null),
            ("hide {0}#1", false, null),
            ("show {1}#1", false, null),
            ("lock {0}", false, null),
            ("merge {own} {0}", false, null),
            ("merge {0} {own}", false, null),
            ("unmerge {0}", false, null),
            ("split {0} https://both.example/1", false, null),
            ("mute member-{0} 1 hour", false, null),
            ("words list", true, true),
            ("review", true, true),
            ("review {0}#3 show", false, null),
            ("review 3000#4 keep", false, null),
            ("moderation channel channel-{1}", false, null),
            ("digest discussion preview --channel channel-{0}", false, null),
            ("community unlink", false, null),
        ];
        return lines.Select(line => new CrossingDoor(
            $"/news {line.Line}",
            async (world, side) =>
            {
                var asked = line
                    .Line.Replace("{own}", Text(side.Base), StringComparison.Ordinal)
                    .Replace("{0}", Text(side.Other.Base), StringComparison.Ordinal)
                    .Replace("{1}", Text(side.Other.Base + 1), StringComparison.Ordinal);
                var reply = await world
                    .Server.Services.GetRequiredService<RunCommand>()
                    .RunAsync(
                        new CommandRequest(world.AdminOf(side), new ChannelId(side.Base), asked, Confirmed: false),
                        Stop
                    );
                return string.Join(
                    '\n',
                    [
                        reply.Markdown,
                        .. reply.Suggestions,
                        reply.File is { } file ? Encoding.UTF8.GetString(file.Bytes.Span) : "",
                    ]
                );
            },
            line.ShowsOwn,
            line.WhileJoined
        ));
    }

    // Discord, Slack and the built-in chat all ask here, as the member their workspace says.
    private static IEnumerable<CrossingDoor> Suggestions()
    {
        (string Verb, string Place)[] places =
        [
            ("story", "story"),
            ("edit", "source"),
            ("hide", "comment"),
            ("show", "comment"),
            ("mute", "name"),
            ("words remove", "word"),
        ];
        return from one in places
            from typed in new[] { "", "lantern", "says" }
            select new CrossingDoor(
                $"suggestions for {one.Verb} {one.Place} “{typed}”",
                async (world, side) =>
                {
                    var found = await ActivatorUtilities
                        .CreateInstance<CommandSuggestions>(world.Server.Services)
                        .FindAsync(
                            Catalogue.Find(one.Verb.Split(' '))!,
                            one.Place,
                            typed,
                            world.AdminOf(side),
                            new ChannelId(side.Base),
                            new SuggestionLimits(25, 100, 100),
                            Stop
                        );
                    return string.Join('\n', found.Select(suggestion => $"{suggestion.Value} {suggestion.Label}"));
                },
                typed.Length == 0,
                // Each word is of one side, and each reply that waits.
                typed.Length == 0
                    ? true
                    : null
            );
    }
}
