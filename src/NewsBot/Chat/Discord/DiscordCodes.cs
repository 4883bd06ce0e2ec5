namespace NewsBot.Chat.Discord;

/// <summary>Discord's error codes we know a remedy for. Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json</summary>
internal static class DiscordCodes
{
    public const int UnknownChannel = 10003;
    public const int UnknownGuild = 10004;
    public const int UnknownMember = 10007;
    public const int UnknownMessage = 10008;
    public const int UnknownUser = 10013;
    public const int UnknownWebhook = 10015;
    public const int AnnouncementLimit = 20022;
    public const int SlowMode = 20016;
    public const int ChannelWriteLimit = 20028;
    public const int GuildWriteLimit = 20029;
    public const int TooManyWebhooks = 30007;
    public const int TooManyOldEdits = 30046;
    public const int TooManyWebhooksInGuild = 30058;
    public const int Unauthorized = 40001;
    public const int RequestTooLarge = 40005;
    public const int AlreadyPublished = 40033;
    public const int NotForThisChannel = 40058;
    public const int TagRequired = 40067;
    public const int Blocked = 40333;
    public const int MissingAccess = 50001;
    public const int NotOurs = 50005;
    public const int EmptyMessage = 50006;
    public const int NoTextChannel = 50008;
    public const int MissingPermission = 50013;
    public const int WrongChannelType = 50024;
    public const int WrongWebhookToken = 50027;
    public const int InvalidForm = 50035;
    public const int FileTooLarge = 50045;
    public const int ThreadArchived = 50083;
    public const int TwoFactorRequired = 60003;
    public const int ThreadExists = 160004;
    public const int ThreadLocked = 160005;
    public const int TooManyThreads = 160006;
    public const int TooManyAnnouncementThreads = 160007;
    public const int AutoModeration = 200000;
    public const int LinkFilter = 240000;
}
