using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Comments;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web.Views;

namespace NewsBot.Commands;

/// <summary>Says in words, before it is done, who will read what where once a channel's replies are treated otherwise.</summary>
internal static class MirrorWords
{
    // A list of more is not read.
    private const int MostNames = 8;

    /// <param name="connection">Any connection.</param>
    /// <param name="community">Whose channels there are.</param>
    /// <param name="channel">The channel as it is.</param>
    /// <param name="mirror">How it will be.</param>
    /// <param name="isWithin">Whether it will exchange copies with channels of its own workspace.</param>
    /// <returns>Markdown that begins with a line break.</returns>
    public static async Task<string> OfAsync(
        DbConnection connection,
        long community,
        ChannelRow channel,
        string mirror,
        bool isWithin
    )
    {
        var all = await CopyRows.ChannelsAsync(connection, community);
        var own = all.Single(row => row.ChannelId == channel.Id);
        var becomes = own.Channel with { Mirror = MirrorModes.Parse(mirror), IsWithin = isWithin, Since = null };
        var others = all.Where(row => row.ChannelId != channel.Id && row.Channel.Mirror is MirrorMode.TwoWay).ToList();
        List<string> lines = [.. Directions(becomes, others)];
        if (mirror == "collect")
        {
            lines.Add(
                "Replies here become comments of the stories. They are copied to no other channel, and none are copied here."
            );
        }
        else if (mirror == "post-only")
        {
            lines.Add("Replies here are nobody's comments. What was collected before stays.");
        }
        else if (lines.Count == 0)
        {
            lines.Add(
                "No other channel of this community exchanges replies with it yet. Set one there to `two-way` as well."
            );
        }

        if (mirror == "two-way" && channel.Mirror != "two-way")
        {
            lines.Add(
                "What was said before is told in one message a story, for the 20 stories discussed last within 30 days."
            );
        }

        var (here, elsewhere) = await ChannelMirroring.CountGoneAsync(connection, own.Channel.Id, becomes);
        if (here + elsewhere > 0)
        {
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{LengthOfTime.Count(here, "copy", "copies")} here and {elsewhere} of replies from here in other channels will be deleted."
                )
            );
        }

        return string.Concat(lines.Select(line => "\n- " + line));
    }

    private static IEnumerable<string> Directions(MirrorChannel becomes, List<MirrorRow> others)
    {
        var both = others.Where(row => Goes(becomes, row.Channel) && Goes(row.Channel, becomes)).ToList();
        var outwards = others.Where(row => Goes(becomes, row.Channel) && !Goes(row.Channel, becomes)).ToList();
        var inwards = others.Where(row => !Goes(becomes, row.Channel) && Goes(row.Channel, becomes)).ToList();
        if (both.Count > 0)
        {
            yield return $"Replies here appear in {Names(both)} too, and replies there appear here, each under its author's name.";
        }

        if (outwards.Count > 0)
        {
            yield return $"Replies here appear in {Names(outwards)} too. Replies there do not appear here, because more people can read this channel on the web.";
        }

        if (inwards.Count > 0)
        {
            yield return $"Replies in {Names(inwards)} appear here too. Replies here do not appear there, because more people can read those on the web.";
        }

        var near = others
            .Where(row => row.Workspace == becomes.Workspace)
            .Except([.. both, .. outwards, .. inwards])
            .ToList();
        if (becomes.Mirror is MirrorMode.TwoWay && near.Count > 0)
        {
            yield return $"With {Names(near)} of the same workspace nothing is exchanged, unless both are set to `two-way within`.";
        }
    }

    private static bool Goes(MirrorChannel origin, MirrorChannel target) =>
        CopyPlan.MayShow(
            new CopySource(
                origin with
                {
                    Since = null,
                },
                origin.Community,
                origin.Publication,
                DateTimeOffset.MinValue,
                HasMessage: true,
                IsReadable: true,
                IsWithdrawn: false,
                IsMuted: false
            ),
            target
        );

    private static string Names(List<MirrorRow> rows)
    {
        var names = rows.Take(MostNames)
            .Select(row => $"**#{MarkdownEscape.Line(row.ChannelName, 60)}** ({Wording.Platform(row.Platform)})");
        var more =
            rows.Count > MostNames
                ? string.Create(CultureInfo.InvariantCulture, $" and {rows.Count - MostNames} more")
                : "";
        return string.Join(", ", names) + more;
    }
}
