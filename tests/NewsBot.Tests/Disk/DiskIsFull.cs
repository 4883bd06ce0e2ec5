namespace NewsBot.Tests.Disk;

/// <summary>Tests for which a disk gets full, or no file may grow: nothing else is to write meanwhile.</summary>
[CollectionDefinition(nameof(DiskIsFull), DisableParallelization = true)]
public sealed class DiskIsFull;
