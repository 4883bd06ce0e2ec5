using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>Knows what came a moment ago: Slack delivers a thing again, and people press a button twice.</summary>
internal sealed class SlackRepeats(TimeProvider time)
{
    /// <summary>Two presses of one button within this are one.</summary>
    public static readonly TimeSpan DoublePress = TimeSpan.FromSeconds(3);

    // Slack delivers again at once, after a minute and after five, and what it signed is good for five minutes before and
    // after its time.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    // More than people use in a quarter of an hour; about 10 MB.
    private const int MostRemembered = 65_536;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset At, SlackSending? Sending)> _known = new(
        StringComparer.Ordinal
    );

    /// <returns>False where the same came within a quarter of an hour.</returns>
    public bool IsNew(string key) => IsNew(key, Remembered);

    /// <summary>The same for a button: by its delivery, and by who presses which.</summary>
    public bool IsNew(SlackAsk ask, Interaction interaction)
    {
        if (interaction.Actions is not [var action, ..])
        {
            return false;
        }

        var value = action.Value ?? action.SelectedOption?.Value;
        return IsNew($"action:{ask.User}:{action.ActionTs}:{action.ActionId}:{interaction.TriggerId}", Remembered)
            && IsNew(
                $"press:{ask.Team}:{ask.User}:{ask.Channel}:{ask.Message}:{interaction.View?.Id}:{action.ActionId}:{value}",
                DoublePress
            );
    }

    /// <summary>Begins a piece of work, or gives the one that was begun under this key.</summary>
    public SlackSending Once(string key, Func<SlackSending> begin)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_known.TryGetValue(key, out var known) && known.Sending is { } sending && now - known.At < Remembered)
            {
                return sending;
            }

            Trim(now);
            var begun = begin();
            _known[key] = (now, begun);
            return begun;
        }
    }

    private bool IsNew(string key, TimeSpan within)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_known.TryGetValue(key, out var known) && now - known.At < within)
            {
                return false;
            }

            Trim(now);
            _known[key] = (now, null);
            return true;
        }
    }

    private void Trim(DateTimeOffset now)
    {
        if (_known.Count < MostRemembered)
        {
            return;
        }

        // Only where too many are still new does the older half go too.
        var byAge = _known.OrderBy(pair => pair.Value.At).ToList();
        var old = byAge.Count(pair => now - pair.Value.At >= Remembered);
        foreach (var pair in byAge.Take(Math.Max(old, MostRemembered / 2)))
        {
            _known.Remove(pair.Key);
        }
    }
}
