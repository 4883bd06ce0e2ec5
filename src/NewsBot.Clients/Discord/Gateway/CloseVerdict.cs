namespace NewsBot.Clients.Discord.Gateway;

/// <summary>
/// What a close code means for what comes next.
/// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
/// </summary>
/// <param name="Reason">A half sentence for logs and states.</param>
/// <param name="KeepsSession">True where the session can be resumed.</param>
/// <param name="IsSlowDown">True where the next attempt must not be made at once.</param>
/// <param name="Fatal">What an admin has to do, where trying again would not help; else null.</param>
internal sealed record CloseVerdict(string Reason, bool KeepsSession, bool IsSlowDown = false, string? Fatal = null)
{
    private static readonly (int Bit, string Switch)[] Privileged =
    [
        (1 << 1, "Server Members Intent"),
        (1 << 8, "Presence Intent"),
        (1 << 15, "Message Content Intent"),
    ];

    /// <param name="code">Null where the connection ended without a close frame, which always can be resumed.</param>
    /// <param name="intents">What was asked for, to name the switch that is off.</param>
    public static CloseVerdict Of(int? code, int intents) =>
        code switch
        {
            null => new("the connection broke", KeepsSession: true),
            4003 => new("Discord says we sent something before identifying", KeepsSession: false),
            4005 => new("Discord says we identified twice", KeepsSession: false),
            4006 => new("Discord no longer knows the session", KeepsSession: false),
            4007 => new("Discord did not accept the sequence to resume from", KeepsSession: false),
            4008 => new("Discord says we sent too fast", KeepsSession: true, IsSlowDown: true),
            4009 => new("the session timed out", KeepsSession: false),
            4004 => Stop(
                "Discord refused the bot token: make a new one in the Developer Portal (your application > Bot > "
                    + "Reset Token), put it into the settings and start again"
            ),
            4010 => Stop("Discord refused the shard number: check the shard count in the settings"),
            4011 => Stop(
                "The bot is in too many servers for one connection: set the shard count to 0 (as Discord recommends) "
                    + "and start again"
            ),
            4012 => Stop("Discord no longer speaks version 10 of its gateway: update this program"),
            4013 => Stop("Discord does not know the intents that were asked for: update this program"),
            4014 => Stop(Switches(intents)),
            4001 or 4002 => new("Discord did not understand what we sent", KeepsSession: true),
            _ => new("Discord closed the connection", KeepsSession: true),
        };

    private static CloseVerdict Stop(string sentence) =>
        new("Discord refused the connection", KeepsSession: true, Fatal: sentence);

    private static string Switches(int intents)
    {
        var off = Privileged.Where(intent => (intents & intent.Bit) != 0).Select(intent => intent.Switch).ToList();
        return off.Count == 0
            ? "Discord refused the intents that were asked for: see your application > Bot in the Developer Portal"
            : "Discord refused the intents that were asked for: in the Developer Portal (your application > Bot > "
                + $"Privileged Gateway Intents) switch on {string.Join(" and ", off)}, save and start again";
    }
}
