using System.Globalization;

namespace NewsBot.Testing.Simulation;

/// <summary>What happens, in which order: outlets, people, flows, the clock and all kinds of trouble, drawn from the seed.</summary>
internal sealed class SimulationScript(World world)
{
    private readonly Random _random = world.Random;

    public void Play()
    {
        var weather = world.Weather;
        weather.Calls = _random.NextDouble() * 0.2;
        weather.Feeds = _random.NextDouble() * 0.3;
        weather.Repeats = _random.NextDouble() * 0.2;
        weather.Meanwhile = _random.NextDouble() * 0.3;
        weather.Disk = _random.Next(3) == 0 ? _random.NextDouble() * 0.008 : 0;
        world.Publish();
        var steps = 60 + _random.Next(100);
        for (var step = 0; step < steps; step++)
        {
            Step();
            world.Settle();
            if (world.Process is { IsDead: true } && _random.Next(4) == 0)
            {
                world.Boot();
            }
        }
    }

    private void Step()
    {
        switch (_random.Next(40))
        {
            case < 12:
                world.People.Act();
                break;
            case < 14:
                world.Publish();
                break;
            case < 25:
                StartAny();
                break;
            case < 29:
                world.Tick();
                break;
            case < 36:
                world.Pass(AnyPause());
                break;
            default:
                Disturb();
                break;
        }
    }

    private void StartAny()
    {
        if (world.Process is { IsDead: false } process)
        {
            process.Start(process.Names.ElementAt(_random.Next(process.Names.Count)));
        }
    }

    private TimeSpan AnyPause() =>
        _random.Next(10) switch
        {
            < 4 => TimeSpan.FromMilliseconds(_random.Next(2_000)),
            < 7 => TimeSpan.FromSeconds(_random.Next(60)),
            < 9 => TimeSpan.FromMinutes(_random.Next(30)),
            _ => TimeSpan.FromHours(_random.Next(7)),
        };

    private void Disturb()
    {
        switch (_random.Next(7))
        {
            case 0 when world.Process is { IsDead: false } process:
                process.DiesAfter ??= _random.Next(60);
                break;
            case 1 when world.Process is { IsDead: false } process:
                world.Trace.Add("the program is stopped");
                world.Weather.Count("stop");
                process.Stop();
                world.Pass(TimeSpan.FromSeconds(1));
                process.Die();
                break;
            case 2:
                world.Trace.Add("the gateway breaks");
                world.Weather.Count("gateway cut");
                world.Gateway.Cut();
                break;
            case 3:
                world.Trace.Add("the socket breaks");
                world.Weather.Count("socket cut");
                world.Inbox.IsOpen = false;
                if (_random.Next(2) == 0)
                {
                    var lost = world.Inbox.GiveUp();
                    world.Trace.Add(
                        string.Create(CultureInfo.InvariantCulture, $"{lost} events of Slack are given up")
                    );
                }

                break;
            case 4:
                JumpClock();
                break;
            case 5:
                // Tried every two seconds, so a minute at most.
                world.Disk.Troubled = _random.Next(30);
                world.Disk.IsReadOnly = _random.Next(3) == 0;
                world.Trace.Add(world.Disk.IsReadOnly ? "the disk cannot be written" : "the disk is full");
                break;
            default:
                break;
        }
    }

    private void JumpClock()
    {
        var error = _random.Next(4) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromSeconds(_random.Next(-90, 90)),
            2 => TimeSpan.FromHours(_random.Next(-3, 3)),
            _ => TimeSpan.FromDays(_random.Next(-1, 2)),
        };
        world.Trace.Add($"the wall clock is {error} off");
        world.Weather.Count("clock jump");
        world.Machine.ClockError = error;
    }
}
