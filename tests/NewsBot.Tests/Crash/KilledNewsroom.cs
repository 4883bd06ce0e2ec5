using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Crash;

/// <summary>The built program as a process of its own, killed again and again, and whoever writes into its chat.</summary>
/// <param name="folder">Where its data lies.</param>
internal sealed class KilledNewsroom(string folder) : IAsyncDisposable
{
    private readonly NewsroomProcess _process = new(
        "newsbot.dll",
        "--data",
        folder,
        "--Starter:Enabled=false",
        // Repeating every reply at once is what a fast importer does; here nobody has to be held back.
        "--Web:WriteBurst=10000",
        "--Web:WritesPerSecond=10000",
        "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
        "--Fetching:HostSpacing=00:00:00"
    );

    public HttpClient Http => _process.Http;

    /// <inheritdoc cref="NewsroomProcess.Said" />
    public string Said => _process.Said;

    /// <inheritdoc cref="NewsroomProcess.Id" />
    public int ProcessId => _process.Id;

    public void Start() => _process.Start();

    /// <inheritdoc cref="NewsroomProcess.ReadyAsync" />
    public Task ReadyAsync(CancellationToken cancellationToken) => _process.ReadyAsync(cancellationToken);

    /// <inheritdoc cref="NewsroomProcess.KillAsync" />
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Writes a reply. Its key says which request it is, however often it is sent.</summary>
    /// <returns>The message where it was taken; null where nothing is known of it.</returns>
    public async Task<JsonElement?> ReplyAsync(Reply reply, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/channels/1/messages");
        request.Headers.Add("Idempotency-Key", reply.Text);
        request.Content = JsonContent.Create(
            new
            {
                author = reply.Author,
                text = reply.Text,
                replyTo = reply.ReplyTo,
            }
        );
        try
        {
            using var answer = await Http.SendAsync(request, cancellationToken);
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return answer.StatusCode == HttpStatusCode.Created
                ? json
                : throw new InvalidOperationException($"{reply} gave {answer.StatusCode}: {json}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="NewsroomProcess.StopAsync" />
    public Task StopAsync() => _process.StopAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

/// <summary>A reply that is sent until it is known to have been taken.</summary>
/// <param name="Author">Who writes.</param>
/// <param name="Text">What; unlike every other.</param>
/// <param name="ReplyTo">The message it answers.</param>
internal sealed record Reply(string Author, string Text, string ReplyTo);
