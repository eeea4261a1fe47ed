namespace System
{
    public sealed class MTAThreadAttribute : Attribute
    {
        public extern MTAThreadAttribute();
    }
}
