using System.Data.Common;
using Microsoft.Extensions.Options;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>The addresses of authors' pictures at Discord.</summary>
internal sealed class DiscordAvatars(IOptions<DiscordOptions> options)
{
    private const string Origin = "https://cdn.discordapp.com";

    // Twice the size at which pages show it, for screens with small pixels.
    private const int Size = 128;

    // An API on this machine has accounts whose pictures are nowhere to be had.
    private readonly bool _areThere = !new Uri(options.Value.ApiBaseUrl).IsLoopback;

    /// <returns>The picture's row; null where the author has none, or none that can be fetched.</returns>
    public async Task<long?> KeepAsync(DbConnection connection, Snowflake guild, Message message, DateTimeOffset now) =>
        _areThere && Address(guild, message) is { } url ? await ChatAvatars.KeepAsync(connection, url, now) : null;

    /// <returns>The address of an account's picture; null where there is none, or none that can be fetched.</returns>
    public string? Find(Snowflake guild, User user, GuildMember member) =>
        _areThere ? Address(guild, user, member) : null;

    /// <summary>The picture used in the guild, else the one used everywhere. Source: https://discord.com/developers/docs/reference#image-formatting</summary>
    public static string? Address(Snowflake guild, Message message) => Address(guild, message.Author, message.Member);

    private static string? Address(Snowflake guild, User? author, GuildMember? member) =>
        (member?.Avatar, author) switch
        {
            ({ } own, { } user) when IsHash(own) =>
                $"{Origin}/guilds/{guild}/users/{user.Id}/avatars/{own}.png?size={Size}",
            (_, { Avatar: { } hash } user) when IsHash(hash) => $"{Origin}/avatars/{user.Id}/{hash}.png?size={Size}",
            _ => null,
        };

    // It becomes part of an address, so it is what Discord says it is and nothing else.
    private static bool IsHash(string hash) =>
        hash.Length is > 0 and <= 64 && hash.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
