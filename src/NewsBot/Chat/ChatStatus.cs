using System.Collections.Concurrent;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Chat;

/// <summary>
/// How the connections to the chat platforms are, for those who ask. Whoever holds one says so here; without anybody
/// nothing is known.
/// </summary>
internal sealed class ChatStatus(IEnumerable<IPublisher> publishers)
{
    private readonly ConcurrentDictionary<Platform, Func<ChatConditions>> _sources = new();

    /// <summary>Names who knows how a platform is. The function is called for every page and has to be quick.</summary>
    public void From(Platform platform, Func<ChatConditions> source) => _sources[platform] = source;

    /// <returns>One for each platform that is set up; the built-in chat is part of the server itself and not among them.</returns>
    public IReadOnlyList<ChatConnectionView> Read() =>
        [
            .. publishers
                .Select(publisher => publisher.Platform)
                .Where(platform => platform is not Platform.Web)
                .Order()
                .Select(platform => new ChatConnectionView(
                    platform,
                    _sources.TryGetValue(platform, out var source) ? source() : null
                )),
        ];
}

/// <summary>A platform that is set up, as a page sees it.</summary>
/// <param name="Platform">Which.</param>
/// <param name="Conditions">How the connection is; null where nobody in this process has said yet.</param>
internal sealed record ChatConnectionView(Platform Platform, ChatConditions? Conditions);

/// <summary>The connection to a platform at one moment.</summary>
/// <param name="Connections">In order of their numbers: the shards of Discord, the sockets of Slack.</param>
/// <param name="Workspaces">How many the bot is in and hears of.</param>
/// <param name="Problem">Why nothing works, in a sentence for an admin; null where it does.</param>
/// <param name="CatchUp">How far reading up on what was missed has come; null while nothing is to be read.</param>
internal sealed record ChatConditions(
    IReadOnlyList<ChatConnection> Connections,
    int Workspaces,
    string? Problem = null,
    CatchUpProgress? CatchUp = null
);

/// <param name="Number">From 0.</param>
/// <param name="IsConnected">Whether events arrive.</param>
/// <param name="Since">Since when it is so.</param>
internal sealed record ChatConnection(int Number, bool IsConnected, DateTimeOffset Since);

/// <param name="Done">Threads read.</param>
/// <param name="Of">Threads to read in all.</param>
internal sealed record CatchUpProgress(int Done, int Of);
