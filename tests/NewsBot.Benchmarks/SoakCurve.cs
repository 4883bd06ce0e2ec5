using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>One thing over the time of a soak.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="MayGrow">True where growing is its nature.</param>
/// <param name="Points">Days, or parts of them, and values.</param>
internal sealed record SoakCurve(string Name, bool MayGrow, IReadOnlyList<(double At, double Value)> Points)
{
    // What a measuring of this kind cannot tell from level: the collector alone moves memory by more.
    private const double Level = 0.15;

    // The pool of threads swings by some with the load of the machine.
    private const double FewThreads = 8;

    /// <summary>By how much it may rise because the machine does more at that moment, in its own unit.</summary>
    public double Swing { get; init; }

    /// <summary>The curves of samples, in the order of the picture.</summary>
    public static IReadOnlyList<SoakCurve> Of(IReadOnlyList<SoakSample> samples) =>
        [
            new("resident memory, MB", false, Values(samples, sample => sample.ResidentBytes / 1e6)),
            new("managed heap, MB", false, Values(samples, sample => sample.HeapBytes / 1e6)),
            new("open handles", false, Values(samples, sample => sample.Handles)),
            new("threads", false, Values(samples, sample => sample.Threads)) { Swing = FewThreads },
            new("database, MB", true, Values(samples, sample => sample.DatabaseBytes / 1e6)),
            // Stories and what is said of them stay for ever; what one of them takes must not become more.
            new(
                "database, kB a story",
                false,
                Values(samples, sample => sample.DatabaseBytes / 1e3 / Math.Max(1, sample.Stories))
            ),
            new("its log, MB", false, Values(samples, sample => sample.LogBytes / 1e6)),
        ];

    /// <summary>By how much of its mean the line through the second half rises over that half; below zero where it falls.</summary>
    public double Rise
    {
        get
        {
            var half = SecondHalf;
            if (half.Count < 3)
            {
                return 0;
            }

            var (meanAt, mean) = (half.Average(point => point.At), half.Average(point => point.Value));
            var spread = half.Sum(point => (point.At - meanAt) * (point.At - meanAt));
            var slope = spread == 0 ? 0 : half.Sum(point => (point.At - meanAt) * (point.Value - mean)) / spread;
            return mean == 0 ? 0 : slope * (half[^1].At - half[0].At) / mean;
        }
    }

    /// <summary>Whether it stays where it is.</summary>
    public bool IsFlat => MayGrow || Rise < Level || Rise * SecondHalf.Average(point => point.Value) < Swing;

    /// <summary>It in one line.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name, -20} first {First:0.0}, half way {Points[Points.Count / 2].Value:0.0}, last {Points[^1].Value:0.0}, most {Points.Max(point => point.Value):0.0}; the second half rises by {Rise:P0}: {(MayGrow ? "grows with what is stored" : IsFlat ? "flat" : "NOT FLAT")}"
        );

    private List<(double At, double Value)> SecondHalf => [.. Points.Skip(Points.Count / 2)];

    private double First => Points[0].Value;

    private static List<(double At, double Value)> Values(
        IReadOnlyList<SoakSample> samples,
        Func<SoakSample, double> value
    ) => [.. samples.Select(sample => (sample.At.TotalDays, value(sample)))];
}
