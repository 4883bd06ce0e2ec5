using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers;

/// <content>Feeds whose news a hub sends.</content>
public sealed partial class FakeFeedSite
{
    private readonly ConcurrentDictionary<string, FakeHub> _hubs = new(StringComparer.Ordinal);

    /// <summary>From now on the Link headers of a path name a hub, and the path itself as the topic.</summary>
    public void Announce(string path, FakeHub hub) => _hubs[path] = hub;

    /// <summary>Sets a path to a text and, where it has a hub, has that send it to whoever subscribed.</summary>
    /// <param name="path">Starts with a slash, without query.</param>
    /// <param name="body">Sent as UTF-8.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <returns>What the subscribers answered.</returns>
    public async Task<IReadOnlyList<HttpStatusCode>> PublishAsync(
        string path,
        string body,
        CancellationToken cancellationToken
    )
    {
        Set(path, body);
        return _hubs.TryGetValue(path, out var hub)
            ? await hub.DistributeAsync(Url(path).AbsoluteUri, Encoding.UTF8.GetBytes(body), cancellationToken)
            : [];
    }

    private void TellHub(HttpResponse response, string path)
    {
        if (_hubs.TryGetValue(path, out var hub))
        {
            response.Headers.Link = $"<{hub.Url}>; rel=\"hub\", <{Url(path)}>; rel=\"self\"";
        }
    }
}
