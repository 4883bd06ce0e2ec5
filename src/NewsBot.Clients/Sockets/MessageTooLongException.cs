namespace NewsBot.Clients.Sockets;

/// <summary>A message was longer than allowed; the rest of it was not read.</summary>
/// <param name="maxBytes">The limit in bytes.</param>
public sealed class MessageTooLongException(int maxBytes)
    : Exception(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"longer than {maxBytes} bytes"));
