using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Testing.Servers.FakeDiscord.Stored;

/// <summary>Keeps the state over a restart of the emulator.</summary>
internal static class StateFile
{
    private static readonly JsonSerializerOptions Form = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads the state.</summary>
    /// <returns>Null where there is no file, or none is wished.</returns>
    public static StoredWorld? Load(FakeDiscordOptions options)
    {
        if (options.DataFile is not { } file || !File.Exists(file))
        {
            return null;
        }

        using var stream = File.OpenRead(file);
        var world =
            JsonSerializer.Deserialize<StoredWorld>(stream, Form)
            ?? throw new InvalidDataException($"{file} holds no state of a fake Discord.");
        // Whatever waited for an answer waits no more: its clock ran out while nobody was there.
        foreach (var interaction in world.Interactions.Values.Where(one => one.Answer == 0))
        {
            interaction.Failed = true;
        }

        return world;
    }

    /// <summary>The state as bytes.</summary>
    public static byte[] Bytes(StoredWorld world) => JsonSerializer.SerializeToUtf8Bytes(world, Form);

    /// <summary>Writes the state beside the old file, then in its place: a crash leaves one of the two whole.</summary>
    public static void Save(byte[] bytes, string file)
    {
        var fresh = file + ".new";
        File.WriteAllBytes(fresh, bytes);
        File.Move(fresh, file, overwrite: true);
    }
}
