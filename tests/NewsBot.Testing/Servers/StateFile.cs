using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsBot.Testing.Servers;

/// <summary>Keeps the state of a fake server over its restart.</summary>
internal static class StateFile
{
    private static readonly JsonSerializerOptions Form = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads the state.</summary>
    /// <param name="file">Where it is kept; null keeps none.</param>
    /// <returns>Null where there is no file.</returns>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static TWorld? Load<TWorld>(string? file)
        where TWorld : class
    {
        if (file is null || !File.Exists(file))
        {
            return null;
        }

        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<TWorld>(stream, Form)
            ?? throw new InvalidDataException($"{file} holds no state.");
    }

    /// <summary>The state as bytes.</summary>
    public static byte[] Bytes<TWorld>(TWorld world) => JsonSerializer.SerializeToUtf8Bytes(world, Form);

    /// <summary>Writes the state beside the old file, then in its place: a crash leaves one of the two whole.</summary>
    public static void Save(byte[] bytes, string file)
    {
        var fresh = file + ".new";
        File.WriteAllBytes(fresh, bytes);
        File.Move(fresh, file, overwrite: true);
    }
}
