namespace NewsBot.Storage;

/// <summary>Another process declared this one dead and took over what it held: it can store nothing any more, and starts anew.</summary>
internal sealed class DeadProcessException()
    : StorageTroubleException(
        "Nothing was heard of this process for too long, and another one took over what it did. It starts anew; try again in a moment.",
        null
    );
