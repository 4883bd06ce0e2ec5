namespace NewsBot.Storage;

/// <summary>Another process declared this one dead and took over what it held: it can write nothing any more.</summary>
internal sealed class DeadProcessException()
    : InvalidOperationException(
        "Nothing was heard of this process for too long, and another one took over what it did. It can write nothing until it has started anew."
    );
