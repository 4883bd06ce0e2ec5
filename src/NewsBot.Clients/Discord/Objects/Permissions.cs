using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Clients.Discord.Objects;

/// <summary>What somebody may do. In JSON a decimal number in a string. Source: https://discord.com/developers/docs/topics/permissions</summary>
[Flags]
[JsonConverter(typeof(PermissionsConverter))]
public enum Permissions : ulong
{
    None = 0,
    Administrator = 1UL << 3,
    ManageChannels = 1UL << 4,
    ManageGuild = 1UL << 5,
    AddReactions = 1UL << 6,
    ViewChannel = 1UL << 10,
    SendMessages = 1UL << 11,
    ManageMessages = 1UL << 13,
    EmbedLinks = 1UL << 14,
    AttachFiles = 1UL << 15,
    ReadMessageHistory = 1UL << 16,
    MentionEveryone = 1UL << 17,
    ManageWebhooks = 1UL << 29,
    UseApplicationCommands = 1UL << 31,
    ManageThreads = 1UL << 34,
    CreatePublicThreads = 1UL << 35,
    CreatePrivateThreads = 1UL << 36,
    SendMessagesInThreads = 1UL << 38,
}

internal sealed class PermissionsConverter : JsonConverter<Permissions>
{
    /// <summary>Null allows nothing.</summary>
    public override bool HandleNull => true;

    public override Permissions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String
                when ulong.TryParse(
                    reader.GetString(),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var permissions
                ) => (Permissions)permissions,
            JsonTokenType.Null => Permissions.None,
            JsonTokenType.Number when reader.TryGetUInt64(out var number) => (Permissions)number,
            _ => throw new JsonException("Permissions are a decimal number."),
        };

    public override void Write(Utf8JsonWriter writer, Permissions value, JsonSerializerOptions options) =>
        writer.WriteStringValue(((ulong)value).ToString(CultureInfo.InvariantCulture));
}
