using System.Text;
using NewsBot.Clients.Slack.SocketMode;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Testing.Simulation;

/// <summary>The events of a fake Slack on their way: late, out of order, and some of them more than once.</summary>
internal sealed class SimulatedInbox(Random random)
{
    private const int Neighbours = 4;

    private readonly List<(FakeEvent Event, int Attempt)> _waiting = [];
    private int _deliveries;

    /// <summary>Whether somebody listens.</summary>
    public bool IsOpen { get; set; }

    public void Publish(FakeEvent what) => _waiting.Add((what, 0));

    /// <summary>Gives up everything that waits, as Slack does after a few minutes.</summary>
    /// <returns>How many.</returns>
    public int GiveUp()
    {
        var lost = _waiting.Count;
        _waiting.Clear();
        return lost;
    }

    /// <returns>What is told next, and takes it off the list; null where nothing waits.</returns>
    public (SlackEnvelope Envelope, FakeEvent Event, int Attempt)? Next()
    {
        if (!IsOpen || _waiting.Count == 0)
        {
            return null;
        }

        var index = random.Next(Math.Min(Neighbours, _waiting.Count));
        var (what, attempt) = _waiting[index];
        _waiting.RemoveAt(index);
        var envelope = new SlackEnvelope(
            $"envelope-{++_deliveries}",
            SlackEnvelopeKind.Event,
            Encoding.UTF8.GetBytes(what.Payload.ToJsonString()),
            false,
            attempt,
            attempt == 0 ? null : "timeout"
        );
        return (envelope, what, attempt);
    }

    /// <summary>It was not acknowledged, or the acknowledgement was lost: it is told again.</summary>
    public void Again(FakeEvent what, int attempt) => _waiting.Add((what, attempt + 1));
}
