namespace NewsBot.Tests.Simulation;

/// <summary>Tests that run while no other does: what others put onto the pool's threads would be waited for.</summary>
[CollectionDefinition(nameof(Undisturbed), DisableParallelization = true)]
public sealed class Undisturbed;
