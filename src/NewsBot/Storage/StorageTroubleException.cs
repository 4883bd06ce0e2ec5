using NewsBot.Clients.Sockets;

namespace NewsBot.Storage;

/// <summary>Nothing can be stored at the moment; nothing was changed.</summary>
/// <param name="words">What is wrong and how to mend it, for whoever asked; names no path.</param>
/// <param name="inner">What SQLite or the system said; null where nobody asked it any more.</param>
internal class StorageTroubleException(string words, Exception? inner) : NotNowException(words, inner);
