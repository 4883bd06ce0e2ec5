namespace NewsBot.Fetching.Articles;

/// <summary>A dictionary of limited size: what was not asked for in a while is forgotten. Not for use by two at a time.</summary>
/// <param name="max">How many it holds at least; it never holds twice as many.</param>
internal sealed class TwoAges<TKey, TValue>(int max)
    where TKey : notnull
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public bool TryGet(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (_young.Count >= max && !_young.ContainsKey(key))
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = value;
    }
}
