namespace NewsBot.Testing.Load;

/// <summary>
/// A made-up world of outlets and channels: a few outlets are read everywhere, most by one or two channels. The same seed
/// makes the same world.
/// </summary>
/// <param name="sources">How many outlets, each with one feed.</param>
/// <param name="channels">How many channels.</param>
/// <param name="seed">Decides who reads whom and who publishes when.</param>
public sealed class LoadPlan(int sources, int channels, int seed)
{
    /// <summary>Channels of one community, as one server or workspace has them.</summary>
    public const int ChannelsEach = 50;

    // What a channel chooses; what nobody chose is read by one channel as well, since it would not be polled.
    private const int MostChosen = 15;

    // At noon an outlet publishes four times as much as at midnight.
    private const double Swing = 0.6;

    // The busiest outlets have something new whenever they are asked.
    private const double MostOften = 0.95;

    private const int FewestReports = 3;
    private const int MostReports = 12;
    private static readonly TimeSpan EventEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReportsWithin = TimeSpan.FromMinutes(2);

    public int Sources => sources;

    public int Channels => channels;

    public int Communities => (channels + ChannelsEach - 1) / ChannelsEach;

    /// <summary>Who reads whom: pairs of outlet and channel, both counted from 0, each pair once.</summary>
    public IReadOnlyList<(int Source, int Channel)> Subscriptions()
    {
        var dice = new Random(seed);
        var pairs = new HashSet<(int Source, int Channel)>();
        for (var channel = 0; channel < channels; channel++)
        {
            for (var chosen = dice.Next(1, MostChosen + 1); chosen > 0; chosen--)
            {
                pairs.Add((Popular(dice), channel));
            }
        }

        var read = pairs.Select(pair => pair.Source).ToHashSet();
        for (var source = 0; source < sources; source++)
        {
            if (!read.Contains(source))
            {
                pairs.Add((source, dice.Next(channels)));
            }
        }

        return [.. pairs];
    }

    /// <summary>What is published in one day, squeezed into a length of time: more at noon, and the great events in bursts.</summary>
    /// <param name="length">How long the day takes.</param>
    /// <param name="interval">How often each feed is polled.</param>
    /// <param name="unchanged">Share of polls that find nothing new, 0 to 1.</param>
    /// <returns>For each outlet, in order of time.</returns>
    public IReadOnlyList<IReadOnlyList<LoadPublication>> Day(TimeSpan length, TimeSpan interval, double unchanged)
    {
        var day = new List<LoadPublication>[sources];
        for (var source = 0; source < sources; source++)
        {
            var dice = new Random(LoadNews.Mix(seed, source));
            // The square makes most outlets quiet and a few busy; the mean of it is a third.
            var share = Math.Min(MostOften, 3 * (1 - unchanged) * Math.Pow(dice.NextDouble(), 2));
            day[source] =
            [
                .. Enumerable
                    .Range(0, Poisson(dice, -Math.Log(1 - share) * (length / interval)))
                    .Select(_ => new LoadPublication(length * Hour(dice), 0)),
            ];
        }

        var events = new Random(seed + 1);
        for (var number = 1; number <= length / EventEvery; number++)
        {
            var begin = length * Hour(events);
            var reports = Math.Min(sources, events.Next(FewestReports, MostReports + 1));
            foreach (var source in Enumerable.Range(0, reports).Select(_ => Popular(events)).Distinct())
            {
                day[source].Add(new LoadPublication(begin + (ReportsWithin * events.NextDouble()), number));
            }
        }

        return [.. day.Select(all => all.OrderBy(one => one.At).ToList())];
    }

    // Zipf's law with exponent 1: of two outlets the one of half the rank is chosen twice as often.
    private int Popular(Random dice) =>
        Math.Min(sources - 1, (int)Math.Exp(dice.NextDouble() * Math.Log(sources + 1)) - 1);

    // 0 is midnight and 0.5 noon.
    private static double Hour(Random dice)
    {
        while (true)
        {
            var at = dice.NextDouble();
            if (dice.NextDouble() * (1 + Swing) < 1 - (Swing * Math.Cos(2 * Math.PI * at)))
            {
                return at;
            }
        }
    }

    // Source: Knuth, The Art of Computer Programming, volume 2, 3.4.1
    private static int Poisson(Random dice, double mean)
    {
        var (count, product, end) = (0, dice.NextDouble(), Math.Exp(-mean));
        for (; product > end; product *= dice.NextDouble())
        {
            count++;
        }

        return count;
    }
}
