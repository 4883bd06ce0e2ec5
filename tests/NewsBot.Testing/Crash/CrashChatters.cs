using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Crash;

/// <summary>
/// Those who write in the built-in chat, which is gone while the newsroom is: whatever got no answer they ask again, by the
/// same key, until it has one.
/// </summary>
internal sealed class CrashChatters(CrashWorld world, CrashPeople people, Random random)
{
    private const string Shown = """
        SELECT w.id, s.headline, CASE WHEN w.member_id IS NOT NULL THEN w.body ELSE c.body END AS Body
        FROM web_message w JOIN story s ON s.id = w.story_id LEFT JOIN comment c ON c.id = w.comment_id
        WHERE w.channel_id = @Channel AND w.deleted_at IS NULL AND (
            w.member_id IS NOT NULL OR w.comment_id IS NOT NULL OR w.post_key = 'story:' || s.id || '/0')
        ORDER BY w.id DESC LIMIT 60
        """;

    private const int MostRepeated = 20;

    private readonly List<Wish> _open = [];
    private readonly List<Wish> _taken = [];
    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);

    /// <summary>Whether everything was answered.</summary>
    public bool IsDone => _open.Count == 0;

    /// <summary>Ends when the next reply that is written is answered.</summary>
    public TaskCompletionSource? Answered { get; set; }

    /// <summary>Asks again for everything that got no answer.</summary>
    /// <returns>False where there was none again.</returns>
    public async Task<bool> RepeatAsync(CancellationToken cancellationToken)
    {
        while (_open.Count > 0)
        {
            if (!await AskAsync(_open[0], cancellationToken))
            {
                return false;
            }

            _taken.AddRange(_open.Take(1).Where(wish => wish is { Method.Method: "POST", Reply.Message: not null }));
            _open.RemoveAt(0);
        }

        return true;
    }

    /// <summary>Asks once more for what was taken, as whoever never saw the answer does: it has to be the same.</summary>
    public async Task RepeatTakenAsync(CheckReport report, CancellationToken cancellationToken)
    {
        foreach (var wish in _taken.TakeLast(MostRepeated))
        {
            var before = wish.Reply.Message;
            if (!await AskAsync(wish, cancellationToken) || wish.Reply.Message != before)
            {
                report.Add(
                    FindingKind.Doubled,
                    $"{wish.Reply.Mark}, asked for again, is {wish.Reply.Message} and not {before}."
                );
            }
        }
    }

    /// <summary>Somebody writes below a card or another message.</summary>
    public async Task SayAsync(CancellationToken cancellationToken)
    {
        if (!IsDone || Target() is not var (target, story, parent))
        {
            return;
        }

        var (mark, name) = (people.Mark(Side.Web), people.Name());
        var reply = new SaidReply(mark, story, Side.Web, world.OnWeb) { Text = $"{mark} said", Parent = parent };
        _authors[mark] = name;
        people.Account.Replies.Add(reply);
        _open.Add(
            new Wish(
                HttpMethod.Post,
                Messages,
                new
                {
                    author = name,
                    text = reply.Text,
                    replyTo = target,
                },
                reply
            )
        );
        await RepeatAsync(cancellationToken);
    }

    /// <summary>Somebody changes or deletes what they wrote.</summary>
    public async Task ChangeAsync(bool isDeletion, CancellationToken cancellationToken)
    {
        var own = people
            .Account.Replies.TakeLast(60)
            .Where(reply => reply is { Side: Side.Web, IsDeleted: false, Message: not null })
            .ToList();
        if (!IsDone || own.Count == 0)
        {
            return;
        }

        var reply = own[random.Next(own.Count)];
        var path = $"{Messages}/{reply.Message}";
        var author = _authors[reply.Mark];
        if (isDeletion)
        {
            reply.IsDeleted = true;
            _open.Add(new Wish(HttpMethod.Delete, $"{path}?author={Uri.EscapeDataString(author)}", null, reply));
        }
        else
        {
            reply.Text += " more";
            _open.Add(new Wish(HttpMethod.Patch, path, new { author, text = reply.Text }, reply));
        }

        await RepeatAsync(cancellationToken);
    }

    private string Messages => string.Create(CultureInfo.InvariantCulture, $"api/v1/channels/{world.OnWeb}/messages");

    private async Task<bool> AskAsync(Wish wish, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(wish.Body);
        using var request = new HttpRequestMessage(wish.Method, new Uri(wish.Path, UriKind.Relative));
        request.Headers.Add(
            "Idempotency-Key",
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{wish.Method} {wish.Path} {body}")))
        );
        request.Content = wish.Body is null ? null : JsonContent.Create(wish.Body);
        try
        {
            using var answer = await world.Process.Http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode is HttpStatusCode.Conflict && wish.Method == HttpMethod.Post)
            {
                // What it answers was deleted while it was on its way. Had it been taken before, it would have had that answer.
                people.Account.Replies.Remove(wish.Reply);
                return true;
            }

            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                return false;
            }

            var isGone = answer.StatusCode is HttpStatusCode.Conflict && wish.Method == HttpMethod.Delete;
            if (!answer.IsSuccessStatusCode && !isGone)
            {
                throw new InvalidOperationException(
                    $"{wish.Method} {wish.Path} {body} gave {answer.StatusCode}: {text}"
                );
            }

            if (wish.Method == HttpMethod.Post)
            {
                wish.Reply.Message = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();
                Answered?.TrySetResult();
            }

            return true;
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException or JsonException
                || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    // A message that shows a story or what somebody said of one, as the page shows the newest.
    private (string Target, string Story, string? Parent)? Target()
    {
        var shown = world
            .Rows<ShownRow>(Shown, new { Channel = world.OnWeb })
            .Where(row => row.Body is null || CrashPeople.MarkOf(row.Body) is not null)
            .ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var row = shown[random.Next(shown.Count)];
        return (
            row.Id.ToString(CultureInfo.InvariantCulture),
            row.Headline,
            row.Body is null ? null : CrashPeople.MarkOf(row.Body)
        );
    }

    /// <param name="Method">How it is asked.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Body">What is sent; null for nothing.</param>
    /// <param name="Reply">Whose reply it is about.</param>
    private sealed record Wish(HttpMethod Method, string Path, object? Body, SaidReply Reply);

    private sealed class ShownRow
    {
        public required long Id { get; init; }
        public required string Headline { get; init; }
        public required string? Body { get; init; }
    }
}
