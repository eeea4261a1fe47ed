namespace System
{
    public class FlagsAttribute : Attribute
    {
        public extern FlagsAttribute();
    }
}
