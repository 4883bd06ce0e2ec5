using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>What happens with a channel's replies: channel mirror.</summary>
internal sealed partial class ChannelCommands
{
    private const string Within = "within";
    private const string Elsewhere = "elsewhere";

    private Task<CommandReply> MirrorAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                var mirror = context.Command["mirror"];
                var reach = context.Command.Find("reach");
                if (reach is not null && mirror != "two-way")
                {
                    return new Plan.Refused(
                        $"`{MarkdownEscape.Line(reach)}` says how far copies go, and only a `two-way` channel has copies."
                    );
                }

                List<(string, object?)> wanted =
                [
                    ("mirror", mirror),
                    (
                        "mirror_within",
                        reach is null ? channel.MirrorWithin
                        : reach == Within ? 1L
                        : 0L
                    ),
                ];
                if (mirror != channel.Mirror)
                {
                    wanted.Add(("mirror_since", context.Now.Ms()));
                }

                return await PlanAsync(
                    connection,
                    channel,
                    [
                        ("replies", channel.Mirror, mirror),
                        ("copies", Reach(channel.MirrorWithin), reach ?? Reach(channel.MirrorWithin)),
                    ],
                    await MirrorWords.OfAsync(
                        connection,
                        context.Community,
                        channel,
                        mirror,
                        reach is null ? channel.MirrorWithin != 0 : reach == Within
                    ),
                    wanted
                );
            },
            cancellationToken
        );

    private static string Reach(long isWithin) => isWithin != 0 ? Within : Elsewhere;
}
