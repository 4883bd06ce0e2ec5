using System.Text;

namespace NewsBot.Tests.Doors;

/// <summary>Secrets that were given to a newsroom, and everywhere they must not be found again.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly List<(string Place, string Text)> _written = [];

    /// <summary>How many texts are looked through.</summary>
    public int Places => _written.Count;

    /// <summary>Plants a secret.</summary>
    public string Plant(string name, string secret)
    {
        _secrets[name] = secret;
        return secret;
    }

    /// <summary>Keeps something the run wrote.</summary>
    public void Write(string place, string text) => _written.Add((place, text));

    /// <summary>Keeps every file of a folder as it lies there.</summary>
    public async Task WriteFolderAsync(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Write(Path.GetFileName(file), Encoding.Latin1.GetString(bytes.ToArray()));
        }
    }

    /// <summary>Fails with every place where a secret stands, in any of the spellings it may take on its way.</summary>
    public void AssertHidden()
    {
        Assert.All(
            _secrets,
            secret => Assert.True(secret.Value.Length >= 8, $"{secret.Key} is too short to be found.")
        );
        var found = Found();
        Assert.True(found.Count == 0, string.Join('\n', found.Take(40)));
    }

    /// <summary>Every place where a secret stands, and what stands around it.</summary>
    public IReadOnlyList<string> Found() =>
        [
            .. from secret in _secrets
            from spelling in Spellings(secret.Value)
            from one in _written
            let at = one.Text.IndexOf(spelling, StringComparison.Ordinal)
            where at >= 0
            select $"{secret.Key} stands in {one.Place}: …{Around(one.Text, at, spelling.Length)}…",
        ];

    // In Base64 it looks otherwise by how many bytes stand before it, as a name does before a password.
    private static IEnumerable<string> Spellings(string secret) =>
        new[] { secret, Uri.EscapeDataString(secret) }
            .Concat(Enumerable.Range(0, 3).Select(before => InBase64(Encoding.UTF8.GetBytes(secret), before)))
            .Distinct(StringComparer.Ordinal);

    // What of it does not depend on what stands before and after.
    private static string InBase64(byte[] secret, int before)
    {
        var (from, to) = (((before * 8) + 5) / 6, (before + secret.Length) * 8 / 6);
        return Convert.ToBase64String([.. new byte[before], .. secret])[from..to];
    }

    private static string Around(string text, int at, int length)
    {
        var from = Math.Max(0, at - 120);
        return text[from..Math.Min(text.Length, at + length + 40)].ReplaceLineEndings(" ");
    }
}
