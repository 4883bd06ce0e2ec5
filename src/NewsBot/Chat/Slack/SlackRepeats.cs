using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>Knows what came a moment ago: Slack delivers a thing again, and people press a button twice.</summary>
internal sealed class SlackRepeats(TimeProvider time)
{
    /// <summary>Two presses of one button within this are one.</summary>
    public static readonly TimeSpan DoublePress = TimeSpan.FromSeconds(3);

    // Slack delivers again at once, after a minute and after five.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    // More than people use in ten minutes.
    private const int MostRemembered = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset At, SlackSending? Sending)> _known = new(
        StringComparer.Ordinal
    );

    /// <returns>False where the same came within ten minutes.</returns>
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

        // What is left after that is the newer half.
        var old = _known.OrderBy(pair => pair.Value.At).Take(MostRemembered / 2).Select(pair => pair.Key).ToList();
        foreach (
            var key in old.Concat(_known.Where(pair => now - pair.Value.At >= Remembered).Select(pair => pair.Key))
                .ToList()
        )
        {
            _known.Remove(key);
        }
    }
}
