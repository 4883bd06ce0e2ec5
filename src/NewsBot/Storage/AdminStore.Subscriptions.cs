using System.Data.Common;
using NewsBot.Commands;
using NewsBot.Core.Text;

namespace NewsBot.Storage;

internal static partial class AdminStore
{
    /// <summary>Finds what a command says of a source in a channel: the named channel, else the one the asker writes in, else the only one.</summary>
    public static async Task<(SubscriptionRow? Place, string Problem)> SubscriptionAsync(
        DbConnection connection,
        CommandContext context
    )
    {
        var found = await SourceAsync(connection, context.Community, context.Command["source"]);
        if (found.Value is not { } source)
        {
            return (null, found.Problem);
        }

        var places = (await SubscriptionsAsync(connection, context.Community))
            .Where(one => one.SourceId == source.Id)
            .ToList();
        // A source that comes to one channel only needs no channel named.
        if (places is [var only] && context.Command.Option("channel") is null)
        {
            return (only, "");
        }

        var channel = await ChannelAsync(connection, context);
        if (channel.Value is not { } row)
        {
            return (null, channel.Problem);
        }

        return places.Find(one => one.ChannelId == row.Id) is { } place
            ? (place, "")
            : (
                null,
                $"{MarkdownEscape.Line(source.Name, 80)} does not come to #{MarkdownEscape.Line(row.Name)}; it comes to {(places.Count == 0 ? "no channel" : Names(places.Select(one => "#" + one.Channel)))}."
            );
    }
}
