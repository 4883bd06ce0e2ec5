namespace NewsBot.Chat;

/// <summary>A message answers something of ours that is not stored yet; it has to be tried again.</summary>
internal sealed class ReplyTooEarlyException() : Exception("The message that is answered is not stored yet.");
