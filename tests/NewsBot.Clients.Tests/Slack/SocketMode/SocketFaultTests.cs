using NewsBot.Clients.Slack.SocketMode;

namespace NewsBot.Clients.Tests.Slack.SocketMode;

/// <summary>Plays seeded runs of everything that can go wrong with connections, second by second.</summary>
public sealed class SocketFaultTests
{
    private const int Connections = 2;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Reasons = ["warning", "refresh_requested", "too_many_websockets", "news"];

    [Fact]
    public void Whatever_goes_wrong_both_connections_listen_again_soon_after_it_ends()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var world = new World(seed);

            world.Play(seconds: 1_800, isFaulty: true);
            world.Play(seconds: 400, isFaulty: false);

            Assert.True(world.Session.Listening == Connections, $"seed {seed}: {world.Session.Listening} listen");
            Assert.True(world.Open.Count == Connections, $"seed {seed}: {world.Open.Count} are open");
        }
    }

    [Fact]
    public void Whatever_goes_wrong_Slack_is_not_asked_all_the_time()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var world = new World(seed) { AlwaysFails = true };

            world.Play(seconds: 3_600, isFaulty: true);

            // Each of the two goes up to a wait of two minutes, less a fifth.
            Assert.InRange(world.Opened, 20, 2 * (12 + (3_600 / 96)));
        }
    }

    [Fact]
    public void A_gap_is_told_always_and_nothing_else_is()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var world = new World(seed);

            world.Play(seconds: 1_800, isFaulty: true);
            world.Play(seconds: 400, isFaulty: false);

            Assert.Equal(world.Gaps, world.GapsTold);
        }
    }

    private sealed class World
    {
        private readonly Random _random;
        private readonly Dictionary<int, bool> _open = [];
        private readonly Queue<int> _opening = new();
        private DateTimeOffset _now = Start;
        private bool _isDeaf = true;

        public World(int seed)
        {
            _random = new Random(seed);
            Session = new SlackSocketSession(
                new SlackSocketOptions { UserAgent = "NewsBot/1.0", Connections = Connections },
                _random.NextDouble
            );
            Do(Session.Start(_now));
        }

        public SlackSocketSession Session { get; }

        /// <summary>By id: whether it was greeted.</summary>
        public IReadOnlyDictionary<int, bool> Open => _open;

        public bool AlwaysFails { get; init; }

        public int Opened { get; private set; }

        /// <summary>Times at which a connection was greeted while no other one was.</summary>
        public int Gaps { get; private set; }

        public int GapsTold { get; private set; }

        public void Play(int seconds, bool isFaulty)
        {
            for (var second = 0; second < seconds; second++)
            {
                _now = _now.AddSeconds(1);
                Do(Session.Tick(_now));
                for (var count = _opening.Count; count > 0; count--)
                {
                    Answer(_opening.Dequeue(), isFaulty);
                }

                if (isFaulty && _random.Next(20) == 0)
                {
                    Break();
                }
            }
        }

        private void Answer(int id, bool isFaulty)
        {
            if (AlwaysFails || (isFaulty && _random.Next(3) == 0))
            {
                TimeSpan? wait = !AlwaysFails && _random.Next(4) == 0 ? TimeSpan.FromSeconds(_random.Next(90)) : null;
                Do(Session.Unreachable(id, new OpenFailure("no", wait), _now));
                return;
            }

            _open[id] = false;
            Do(Session.Opened(id, _now));
            if (!isFaulty || _random.Next(10) > 0)
            {
                Greet(id);
            }
        }

        private void Greet(int id)
        {
            if (!_open.TryGetValue(id, out var isGreeted) || isGreeted)
            {
                return;
            }

            _open[id] = true;
            Gaps += _isDeaf ? 1 : 0;
            _isDeaf = false;
            Do(Session.Hello(id, _now));
        }

        private void Break()
        {
            if (_open.Count == 0)
            {
                return;
            }

            var id = _open.Keys.ElementAt(_random.Next(_open.Count));
            switch (_random.Next(3))
            {
                case 0:
                    Lose(id);
                    break;
                case 1:
                    Do(Session.Disconnect(id, Reasons[_random.Next(Reasons.Length)], _now));
                    break;
                default:
                    Greet(id);
                    break;
            }
        }

        private void Lose(int id)
        {
            if (_open.Remove(id))
            {
                Listen();
                Do(Session.Lost(id, _now));
            }
        }

        private void Listen() => _isDeaf |= !_open.Values.Any(isGreeted => isGreeted);

        private void Do(IReadOnlyList<SocketAction> actions)
        {
            foreach (var action in actions)
            {
                switch (action)
                {
                    case SocketAction.Open open:
                        Opened++;
                        _opening.Enqueue(open.Connection);
                        break;
                    case SocketAction.Close close:
                        Lose(close.Connection);
                        break;
                    case SocketAction.Report { State: SlackSocketState.Connected { MayHaveMissed: true } }:
                        GapsTold++;
                        break;
                    default:
                        break;
                }
            }
        }
    }
}
