using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace NewsBot.Benchmarks;

/// <summary>The least that fetching costs: every address is asked and its body thrown away.</summary>
internal sealed class BareFetching(IReadOnlyList<Uri> addresses) : IDisposable
{
    private const int Parallel = 16;

    private readonly Dictionary<Uri, EntityTagHeaderValue> _tags = [];
    private HttpClient _client = NewClient();

    /// <summary>Closes all connections.</summary>
    public void Forget()
    {
        _client.Dispose();
        _client = NewClient();
    }

    /// <param name="conditional">Whether to ask only for what has changed since the last time.</param>
    public async Task<PollRound> RunAsync(bool conditional)
    {
        using var own = Process.GetCurrentProcess();
        var before = own.TotalProcessorTime;
        var begin = TimeProvider.System.GetTimestamp();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            addresses,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (address, token) =>
            {
                using var message = new HttpRequestMessage(HttpMethod.Get, address);
                if (conditional)
                {
                    message.Headers.IfNoneMatch.Add(_tags[address]);
                }

                using var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token);
                await answer.Content.CopyToAsync(Stream.Null, token);
                if (answer.StatusCode != (conditional ? HttpStatusCode.NotModified : HttpStatusCode.OK))
                {
                    throw new InvalidOperationException($"{address} answered {answer.StatusCode}.");
                }

                lock (_tags)
                {
                    _tags[address] = answer.Headers.ETag!;
                }
            }
        );
        var wall = TimeProvider.System.GetElapsedTime(begin);
        own.Refresh();
        return new PollRound(addresses.Count, wall, own.TotalProcessorTime - before);
    }

    public void Dispose() => _client.Dispose();

    private static HttpClient NewClient() => new(new SocketsHttpHandler { UseProxy = false });
}
