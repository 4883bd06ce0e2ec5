using System.Globalization;

namespace NewsBot.Benchmarks;

/// <summary>A row of measured values and the two numbers people look at.</summary>
internal sealed record Measured(IReadOnlyList<double> Values)
{
    public double Median => At(0.5);

    public double Percentile95 => At(0.95);

    public double Percentile99 => At(0.99);

    /// <summary>Measures one step again and again, in milliseconds.</summary>
    /// <param name="count">How often.</param>
    /// <param name="step">Gets the number of the round.</param>
    public static async Task<Measured> OfAsync(int count, Func<int, Task> step)
    {
        var values = new List<double>(count);
        for (var round = 0; round < count; round++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await step(round);
            values.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        return new Measured(values);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"median {Median:0.00} ms, 99th percentile {Percentile99:0.00} ms");

    private double At(double share)
    {
        var sorted = Values.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
