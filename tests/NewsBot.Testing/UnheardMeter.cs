using System.Diagnostics.Metrics;
using NewsBot.Core.Flows;

namespace NewsBot.Testing;

/// <summary>Counts where nobody looks, for what is built without the program around it.</summary>
public static class UnheardMeter
{
    private static readonly Meter Meter = new("unheard");

    public static FlowMeter Flows { get; } = new(Meter);
}
