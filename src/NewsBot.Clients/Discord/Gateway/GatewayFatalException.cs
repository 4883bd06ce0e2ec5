namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// The gateway stopped and trying again would not help. The delegate that fetches the address may throw it too, such as
/// when the token is refused over HTTP.
/// </summary>
/// <param name="sentence">What an admin has to do, in English, without secrets.</param>
/// <param name="closeCode">Discord's close code; null where there was none.</param>
public sealed class GatewayFatalException(string sentence, int? closeCode) : Exception(sentence)
{
    /// <summary>Discord's close code; null where there was none.</summary>
    public int? CloseCode { get; } = closeCode;
}
