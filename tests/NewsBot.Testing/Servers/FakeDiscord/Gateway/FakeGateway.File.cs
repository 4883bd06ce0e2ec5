using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Gateway;

/// <content>What outlives the process.</content>
public sealed partial class FakeGateway
{
    private void LoadSessions()
    {
        if (SessionFile is { } file && File.Exists(file))
        {
            foreach (var saved in JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            {
                var session = GatewaySession.Load(saved!);
                _sessions.Add(session.Id, session);
            }

            // Were it read again after a crash, clients would be ahead of it.
            File.Delete(file);
        }
    }

    private void SaveSessions()
    {
        if (SessionFile is { } file)
        {
            var now = _options.Time.GetUtcNow();
            foreach (var session in _sessions.Values.Where(session => session.Connection is not null))
            {
                session.Detach(now);
            }

            File.WriteAllText(
                file,
                new JsonArray([.. _sessions.Values.Select(session => session.Save())]).ToJsonString()
            );
        }
    }

    // A file of its own: the sessions of an emulator that is killed are gone, its state is not.
    private string? SessionFile => _options.DataFile is { } file ? file + ".sessions" : null;
}
