using NewsBot.Testing.Checking;
using NewsBot.Testing.Crash;

namespace NewsBot.Benchmarks;

/// <summary>What goes on in the newsroom whatever strangers do: news, replies on three sides, and somebody who reads.</summary>
/// <param name="world">Where.</param>
/// <param name="watch">Hears of everything when it begins.</param>
/// <param name="random">Decides who does what.</param>
internal sealed class AbusedLife(CrashWorld world, AbuseWatch watch, Random random)
{
    // Within what the platforms take for one channel, so that nothing waits for its turn.
    private static readonly TimeSpan NewsEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReplyEvery = TimeSpan.FromMilliseconds(1_500);

    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly CrashPeople _people = new(world, random);
    private readonly List<Task> _reading = [];
    private CrashChatters? _chatters;

    /// <summary>All that was told and said.</summary>
    public Account Account => _people.Account;

    private CrashChatters Chatters => _chatters ??= new CrashChatters(world, _people, random);

    /// <summary>Goes on for so long.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var (news, reply, read) = (TimeSpan.Zero, ReplyEvery, TimeSpan.Zero);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) is var elapsed && elapsed < length)
        {
            if (elapsed >= read)
            {
                _reading.Add(watch.ReadAsync(random.Next(), cancellationToken));
                read += ReadEvery;
            }

            if (elapsed >= news)
            {
                Tell();
                news += NewsEvery;
            }

            if (elapsed >= reply)
            {
                await SayAsync(cancellationToken);
                reply += ReplyEvery;
            }

            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }

        await Task.WhenAll(_reading);
        _reading.Clear();
    }

    /// <summary>Says again what got no answer.</summary>
    public async Task RepeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Chatters.RepeatAsync(cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Refused: it is tried again.
            watch.WasRefused();
        }
    }

    private void Tell()
    {
        var at = TimeProvider.System.GetUtcNow();
        _people.Tell();
        watch.Told(Account.Stories[^1].Headline, at);
        world.Run("UPDATE feed SET next_poll_at = 0");
    }

    private async Task SayAsync(CancellationToken cancellationToken)
    {
        await RepeatAsync(cancellationToken);
        var before = Account.Replies.Count;
        var at = TimeProvider.System.GetUtcNow();
        try
        {
            await (
                random.Next(3) switch
                {
                    0 => _people.SayAtDiscordAsync(),
                    1 => _people.SayAtSlackAsync(),
                    _ => Chatters.SayAsync(cancellationToken),
                }
            );
        }
        catch (InvalidOperationException)
        {
            // It is said again until it is taken.
            watch.WasRefused();
        }

        if (Account.Replies.Count > before)
        {
            watch.Said(Account.Replies[^1], at, cancellationToken);
        }
    }
}
