namespace NewsBot.Clients.Slack.SocketMode;

/// <summary>The sockets stopped and trying again would not help.</summary>
/// <param name="sentence">What an admin has to do, in English, without secrets.</param>
public sealed class SlackSocketFatalException(string sentence) : Exception(sentence);
