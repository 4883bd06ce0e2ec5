using System.Collections.Concurrent;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Chat;

/// <summary>
/// How the connections to the chat platforms are, for those who ask. Whoever holds one says so here, in this process or in
/// another; without anybody nothing is known.
/// </summary>
internal sealed class ChatStatus(IEnumerable<IPublisher> publishers)
{
    private readonly ConcurrentDictionary<Platform, Func<ChatConditions>> _sources = new();
    private readonly ConcurrentDictionary<Platform, ChatConditions> _heard = new();

    /// <summary>The platforms that are set up; the built-in chat is part of the server itself and not among them.</summary>
    public IEnumerable<Platform> Platforms =>
        publishers.Select(publisher => publisher.Platform).Where(platform => platform is not Platform.Web).Order();

    /// <summary>Names who knows how a platform is. The function is called for every page and has to be quick.</summary>
    public void From(Platform platform, Func<ChatConditions> source) => _sources[platform] = source;

    /// <summary>Takes how a platform is that another process holds the connections to; null for none.</summary>
    public void Hear(Platform platform, ChatConditions? conditions)
    {
        if (conditions is null)
        {
            _heard.TryRemove(platform, out _);
        }
        else
        {
            _heard[platform] = conditions;
        }
    }

    /// <summary>How it is by what this process knows itself; null where it has never held it.</summary>
    public ChatConditions? Own(Platform platform) => _sources.TryGetValue(platform, out var source) ? source() : null;

    /// <returns>One for each platform that is set up.</returns>
    public IReadOnlyList<ChatConnectionView> Read() =>
        [
            .. Platforms.Select(platform => new ChatConnectionView(
                platform,
                _heard.TryGetValue(platform, out var heard) ? heard : Own(platform)
            )),
        ];
}

/// <summary>A platform that is set up, as a page sees it.</summary>
/// <param name="Platform">Which.</param>
/// <param name="Conditions">How the connection is; null where nobody has said yet.</param>
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
