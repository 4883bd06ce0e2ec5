namespace NewsBot.Storage;

/// <summary>Why nothing can be stored.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">What is wrong and how to mend it, in sentences; names no path.</param>
/// <param name="Since">When it was seen first.</param>
internal sealed record StorageTrouble(StorageTroubleKind Kind, string Words, DateTimeOffset Since);

/// <summary>What keeps the database from being written.</summary>
internal enum StorageTroubleKind
{
    Full,
    Failing,
    ReadOnly,
    Locked,
    Damaged,

    /// <summary>The server of the database does not answer.</summary>
    Away,

    /// <summary>The server of the database, or our share of it, has no connection left.</summary>
    Crowded,
}
